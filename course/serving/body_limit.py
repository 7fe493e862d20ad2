"""An ASGI middleware that refuses a large body before it is read whole."""

from __future__ import annotations

import json
from typing import Any


class BodyLimit:
    """Answers 413 if a body is longer than ``most`` bytes: by its Content-Length, or while it comes without one.

    Args:
        app: the ASGI application behind it.
        most: bytes.
    """

    def __init__(self, app: Any, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared) > self._most:
            await self._refuse(send)
            return
        seen, begun = 0, False

        async def counting() -> Any:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            # Whoever reads is told that nothing more comes; what it then answers is not sent.
            return {"type": "http.disconnect"} if seen > self._most else message

        async def passing(message: Any) -> None:
            nonlocal begun
            if begun or seen <= self._most:
                begun = True
                await send(message)

        try:
            await self._app(scope, counting, passing)
        except Exception:
            if begun or seen <= self._most:
                raise
        if not begun and seen > self._most:
            await self._refuse(send)

    async def _refuse(self, send: Any) -> None:
        message = f"The body may hold {self._most} bytes at most."
        content = json.dumps({"error": {"code": "too_large", "message": message}}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
            # What is still on its way is not read: the connection cannot be used again.
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": content})
