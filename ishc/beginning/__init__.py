"""A programme's beginning: five questions, and the ``ishc.toml`` that the answers make."""
