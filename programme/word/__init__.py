"""Word documents in the format of Decree 30/2020/NĐ-CP: pages, styles, tables, native charts."""
