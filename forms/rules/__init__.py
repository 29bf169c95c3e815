"""What pyxform and ODK Validate do not see: each rule looks at one thing and names the row."""
