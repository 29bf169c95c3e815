"""The record of processing of personal data, made from the classes of the forms' questions."""
