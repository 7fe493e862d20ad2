# exercise: create_app
# expect: right
# meant: everything by exception handlers, one for Exception too; /ready raises NotReady itself
def create_app(service: Any) -> FastAPI:
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI):
        await service.start()
        try:
            yield
        finally:
            await service.close()

    app = FastAPI(title="Sentiment", lifespan=lifespan)

    def handle(kind, status, code, message, **headers):
        content = {"error": {"code": code, "message": message}}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}

        async def handler(request: Request, problem: Exception) -> JSONResponse:
            return JSONResponse(content, status_code=status, headers=headers)

        app.add_exception_handler(kind, handler)

    handle(RequestValidationError, 422, "invalid_request", "The body does not hold what is asked for.")
    handle(NotReady, 503, "not_ready", "The model is not loaded yet.", Retry_After="10")
    handle(Overloaded, 503, "overloaded", "Too many requests wait.", Retry_After="1")
    handle(Exception, 500, "internal", "Something broke here.")

    @app.post("/classify")
    async def classify(body: ClassifyRequest) -> dict[str, Any]:
        predictions = await service.classify(body.texts)
        return {"version": service.version, "predictions": predictions}

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/ready")
    def ready() -> dict[str, Any]:
        if not service.ready:
            raise NotReady("not yet")
        return {"status": "ready", "version": service.version}

    return app
