"""The pages of reference, made from the code: commands, settings, checks, indicators, questions.

They are written whenever the documentation is built (``make docs``) and kept nowhere, so that they
say what the code does. ``python -m ishc.reference LANGUAGE FOLDER`` writes them alone.
"""
