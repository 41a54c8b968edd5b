"""Places and contacts as messages."""

from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body
from sandbox.telegram.sending import send


def _coordinates(call: Call) -> Body:
    try:
        latitude, longitude = (float(call.arguments.text(name)) for name in ("latitude", "longitude"))
    except ValueError:
        raise bad_request("latitude is empty" if not call.arguments.has("latitude") else "longitude is empty") from None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("location is invalid")
    return {"latitude": latitude, "longitude": longitude}


def send_location(call: Call) -> Body:
    return send(call, {"location": _coordinates(call)})


def send_venue(call: Call) -> Body:
    place, words = _coordinates(call), {name: call.arguments.text(name) for name in ("title", "address")}
    for name, value in words.items():
        if not value:
            raise bad_request(f"venue {name} must be non-empty")
    return send(call, {"location": place, "venue": {"location": place} | words})


def send_contact(call: Call) -> Body:
    contact = {name: call.arguments.text(name) for name in ("phone_number", "first_name", "last_name")}
    for name in ("phone_number", "first_name"):
        if not contact[name]:
            raise bad_request(f"contact {name.replace('_', ' ')} must be non-empty")
    return send(call, {"contact": {name: value for name, value in contact.items() if value}})


METHODS = {"sendLocation": send_location, "sendVenue": send_venue, "sendContact": send_contact}
