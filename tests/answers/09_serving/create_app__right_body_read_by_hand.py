# exercise: create_app
# expect: right
# meant: reads the body itself and validates it with model_validate_json, a table of errors, no exception handlers
def create_app(service: Any) -> FastAPI:
    errors = {
        "invalid_request": (422, "The body is not of the form that is asked for.", None),
        "not_ready": (503, "The model is not there yet.", {"Retry-After": "7"}),
        "overloaded": (503, "Too much to do at the moment.", {"Retry-After": "2"}),
        "internal": (500, "It is our fault.", None),
    }

    def failed(code: str) -> JSONResponse:
        status, message, headers = errors[code]
        return JSONResponse({"error": {"code": code, "message": message}}, status, headers)

    async def classify(request: Request) -> JSONResponse:
        try:
            texts = ClassifyRequest.model_validate_json(await request.body()).texts
        except ValueError:  # pydantic's ValidationError is one
            return failed("invalid_request")
        try:
            answers = await service.classify(texts)
            return JSONResponse({"version": service.version, "predictions": answers})
        except Exception as problem:
            match problem:
                case NotReady():
                    return failed("not_ready")
                case Overloaded():
                    return failed("overloaded")
            return failed("internal")

    async def health(request: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"})

    async def ready(request: Request) -> JSONResponse:
        return JSONResponse({"status": "ready", "version": service.version}) if service.ready else failed("not_ready")

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI):
        async with contextlib.AsyncExitStack() as stack:
            await service.start()
            stack.push_async_callback(service.close)
            yield

    app = FastAPI(lifespan=lifespan)
    app.add_route("/classify", classify, methods=["POST"])
    app.add_route("/health", health, methods=["GET"])
    app.add_route("/ready", ready, methods=["GET"])

    return app
