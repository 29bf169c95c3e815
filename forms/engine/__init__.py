"""ODK Validate and JavaRosa, the engine of ODK Collect, in one Java machine in this process."""
