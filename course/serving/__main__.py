"""``python -m course.serving``: the service on the command line (serve, flask, classify, export, container, load)."""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course.serving.drift import DriftMonitor
    from course.serving.onnx_model import OnnxPredictor

#: Names the folder that is served where none is given; the container sets it.
MODEL_VARIABLE = "SERVING_MODEL"


class _Trouble(Exception):
    """One sentence for whoever typed the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except (_Trouble, OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m course.serving", description="The fine-tuned model as a service.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=command)
        return made

    for name, command, text in (
        ("serve", serve, "serve with FastAPI until Ctrl+C"),
        ("flask", serve_flask, "the same with Flask's development server, for a look on this machine"),
    ):
        one = add(name, command, text)
        _folder(one)
        one.add_argument("--port", type=int, default=8000, help="0 takes any that is free (default: 8000)")
        if name == "serve":
            one.add_argument("--host", default="127.0.0.1", help="0.0.0.0 in a container alone (default: 127.0.0.1)")
            one.add_argument("--workers", type=int, default=2, help="batches at a time; one a core (default: 2)")
            one.add_argument("--max-batch-size", type=int, default=4, help="texts (default: 4)")
            one.add_argument("--max-wait-ms", type=float, default=2.0, help="milliseconds (default: 2)")
    one = add("classify", classify, "classify texts: a JSON object a line")
    one.add_argument("texts", nargs="*", help="without any: one a line from standard input")
    one.add_argument("--folder", help=argparse.SUPPRESS)
    one = add("export", export, "write ONNX and int8 beside tokenizer and labels")
    one.add_argument("folder", help="what lesson 8 saved")
    one.add_argument("target", help="a folder, made if need be")
    one = add("container", container, "write the folder that `docker build` takes: code, weights, Dockerfile")
    one.add_argument("target", help="a folder that is not there yet")
    one.add_argument("--folder", help="what export wrote (default: your model of lesson 8, or the course's)")
    one = add("load", load, "a load test of a service on this machine; it ends within 20 s")
    one.add_argument("url", help="such as http://127.0.0.1:8000")
    one.add_argument("--clients", type=int, default=16)
    one.add_argument("--seconds", type=float, default=3.0)
    one.add_argument("--rate", type=float, help="requests a second whether answered or not (open loop)")
    return parser


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", help="what export wrote (default: your model, or the course's)")


def _served_folder(given: str | None) -> Path:
    named = given or os.environ.get(MODEL_VARIABLE)
    if named:
        return Path(named)
    from course.resources.registry import ResourceError
    from course.resources.sentiment import serving_folder

    try:
        return serving_folder(lambda sentence: print(sentence, file=sys.stderr))
    except ResourceError as problem:
        raise _Trouble(str(problem)) from None


def _predictor(folder: Path) -> OnnxPredictor:
    from course.serving.onnx_model import OnnxPredictor

    return OnnxPredictor(folder)


def _drift(folder: Path) -> DriftMonitor | None:
    from course.serving.drift import DriftMonitor

    reference = folder / "reference.json"
    return DriftMonitor(json.loads(reference.read_text(encoding="utf-8"))) if reference.is_file() else None


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # see running.py
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as problem:
        listener.close()
        raise _Trouble(f"{host}:{port} cannot be listened on ({problem}): choose another --port.") from None
    return listener


def serve(chosen: argparse.Namespace) -> int:
    """``serve``: ends after SIGTERM (status 0) or Ctrl+C (130), when what runs has been answered."""
    import uvicorn

    from course.serving.application import create_app
    from course.serving.running import server_settings
    from course.serving.service import BatchedService

    folder = _served_folder(chosen.folder)
    _predictor(folder)  # a folder that cannot be served is said so here, in one sentence
    service = BatchedService(
        lambda: _predictor(folder), workers=chosen.workers, max_batch_size=chosen.max_batch_size,
        max_wait=chosen.max_wait_ms / 1000,
    )  # fmt: skip
    app = create_app(service, drift=_drift(folder))
    with _listen(chosen.host, chosen.port) as listener:
        address = f"http://{chosen.host}:{listener.getsockname()[1]}"

        class Announcing(uvicorn.Server):
            # The port opens when the model is loaded, and not before: only then is it worth saying.
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                if self.started:
                    print(f"serving on {address}", flush=True)

        server = Announcing(uvicorn.Config(app, **server_settings(log_level="warning")))
        # uvicorn ends in good order, then sends itself the signal again to die of it; being told to end is no failure.
        signal.signal(signal.SIGTERM, lambda *_: None)
        server.run(sockets=[listener])
    return 0 if server.started else 1


def serve_flask(chosen: argparse.Namespace) -> int:
    """``flask``: until Ctrl+C, on this machine alone."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    from course.serving.flask_application import create_flask_app

    class Silent(WSGIRequestHandler):
        # Keep-alive, as the other server does; and no line a request.
        protocol_version = "HTTP/1.1"

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    app = create_flask_app(_predictor(_served_folder(chosen.folder)))
    with _listen("127.0.0.1", chosen.port) as listener:
        port = listener.getsockname()[1]
        listener.listen()
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Silent, fd=listener.fileno())
        print(f"serving on http://127.0.0.1:{port}", flush=True)
        server.serve_forever()
    return 0


def classify(chosen: argparse.Namespace) -> int:
    """``classify``: one JSON object a line, in the order of the texts."""
    predictor = _predictor(_served_folder(chosen.folder))
    for batch in _batches(chosen.texts or (line.rstrip("\n") for line in sys.stdin), 32):
        for text, answer in zip(batch, predictor.predict(batch), strict=True):
            print(json.dumps({"text": text, **answer}, ensure_ascii=False))
    return 0


def _batches(texts: Sequence[str] | Iterator[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        if text.strip():
            batch.append(text)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def export(chosen: argparse.Namespace) -> int:
    """``export``."""
    from course.serving.export import INT8_FILE, export_folder

    target = export_folder(chosen.folder, chosen.target)
    print(f"{target}: model.onnx, and {INT8_FILE} of {(target / INT8_FILE).stat().st_size / 1e6:.0f} MB")
    return 0


def container(chosen: argparse.Namespace) -> int:
    """``container``."""
    from course.serving.container import write_context

    target = write_context(_served_folder(chosen.folder), chosen.target)
    print(f"{target} is ready: docker build -t sentiment {target}")
    return 0


def load(chosen: argparse.Namespace) -> int:
    """``load``: exit status 1 if a request failed."""
    from course.resources.reviews import load_reviews
    from course.serving.load import json_requests, load_test

    texts = load_reviews("movies")["text"][:400]
    report = load_test(
        chosen.url, json_requests(texts), clients=chosen.clients, seconds=chosen.seconds, rate=chosen.rate
    )
    print(report)
    return 1 if report.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
