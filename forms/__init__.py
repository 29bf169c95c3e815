"""XLSForm workbooks: checked, compiled, described as tables, filled as ODK Collect fills them."""
