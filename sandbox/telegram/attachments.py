"""A file of any kind as the content of a message."""

from sandbox.telegram.arguments import Upload
from sandbox.telegram.errors import bad_request
from sandbox.telegram.files import PHOTO_LIMIT, File, Files
from sandbox.telegram.messages import Body
from sandbox.telegram.pictures import picture_size

TYPES = {
    "photo": "Photo",
    "document": "Document",
    "video": "Video",
    "audio": "Audio",
    "voice": "VoiceNote",
    "video_note": "VideoNote",
}


def attach(files: Files, kind: str, upload: Upload) -> Body:
    """Keeps the bytes and returns the fields of a message."""
    return show(store(files, kind, upload))


def store(files: Files, kind: str, upload: Upload) -> File:
    details: dict[str, int] = {}
    mime = upload.mime
    if kind == "photo":
        details, mime = _measure(upload), "image/jpeg" if upload.mime == "application/octet-stream" else upload.mime
    elif kind in ("video", "animation"):
        details = {"width": 640, "height": 360, "duration": 1}
    elif kind == "video_note":
        details = {"length": 240, "duration": 1}
    elif kind in ("audio", "voice"):
        details = {"duration": 1}
    return files.add(upload.content, kind=kind, name=upload.name, mime=mime, details=details)


def _measure(upload: Upload) -> dict[str, int]:
    size = len(upload.content)
    if size > PHOTO_LIMIT:
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes")
    measures = picture_size(upload.content)
    if measures is None:
        raise bad_request("IMAGE_PROCESS_FAILED" if upload.content else "file must be non-empty")
    width, height = measures
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return {"width": width, "height": height}


def show(file: File) -> Body:
    """Photos come as a list of sizes; an animation is a document as well."""
    if file.kind == "photo":
        return {"photo": [file.shape()]}
    if file.kind == "animation":
        plain = {name: value for name, value in file.shape().items() if name not in file.details}
        return {"animation": file.shape(), "document": plain}
    return {file.kind: file.shape()}
