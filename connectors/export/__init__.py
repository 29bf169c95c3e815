"""Tables for people who work in Excel, Power BI or another program."""
