"""Uploaded files: their bytes on disk beside the state file (else in memory), found again by id or by path."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.state_file import StateFile
from sandbox.telegram.errors import bad_request

PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "video": "videos",
    "audio": "music",
    "voice": "voice",
    "animation": "animations",
    "video_note": "video_notes",
}


@dataclass(slots=True, kw_only=True)
class File:
    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    size: int
    path: str
    details: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def shape(self) -> dict[str, Any]:
        """A Document, Video … as a message carries it."""
        shape: dict[str, Any] = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind in ("photo", "video_note"):
            return shape | self.details
        if self.kind != "voice":
            shape["file_name"] = self.name
        return shape | {"mime_type": self.mime} | self.details


class Files:
    def __init__(self, state: StateFile) -> None:
        self._state = state
        self._bytes: dict[str, bytes] = {}
        self._by_id: dict[str, File] = {}
        self._by_path: dict[str, File] = {}

    def restore(self, shape: dict[str, Any]) -> None:
        self._know(File(**shape))

    def _know(self, file: File) -> None:
        self._by_id[file.id] = self._by_path[file.path] = file

    def add(self, content: bytes, *, kind: str, name: str, mime: str, details: dict[str, int]) -> File:
        if not content:
            raise bad_request("file must be non-empty")
        unique_id = secrets.token_urlsafe(9)
        ending = Path(name).suffix.lower() or (".jpg" if kind == "photo" else "")
        file = File(
            id=f"{kind[:2].upper()}{secrets.token_urlsafe(24)}",
            unique_id=unique_id,
            kind=kind,
            name=name,
            mime=mime,
            size=len(content),
            path=f"{FOLDERS[kind]}/file_{len(self._by_id)}{ending}",
            details=details,
        )
        self._store(file, content)
        self._know(file)
        self._state.touch("file", file.id, file)
        return file

    def _store(self, file: File, content: bytes) -> None:
        if self._state.folder is None:
            self._bytes[file.id] = content
            return
        self._state.folder.mkdir(parents=True, exist_ok=True)
        (self._state.folder / file.id).write_bytes(content)

    def read(self, file: File) -> bytes:
        if self._state.folder is None:
            return self._bytes[file.id]
        return (self._state.folder / file.id).read_bytes()

    def find(self, file_id: str) -> File | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> File | None:
        return self._by_path.get(path)
