"""Python to the JSON of the wire: compact, letters as they are."""

import json

to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
