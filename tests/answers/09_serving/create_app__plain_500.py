# exercise: create_app
# expect: wrong
# meant: no answer for other exceptions of the service: a plain text 'Internal Server Error'
# about: other exception|any other|Exception\b|plain text|catch|not caught
def create_app(service: Any) -> FastAPI:
    @contextlib.asynccontextmanager
    async def lifespan(app):
        await service.start()
        yield
        await service.close()

    app = FastAPI(lifespan=lifespan)

    def error(status, code, message, headers=None):
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, problem: RequestValidationError):
        return error(422, "invalid_request", "The body is not a valid request.")

    @app.exception_handler(NotReady)
    async def not_ready(request: Request, problem: NotReady):
        return error(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})

    @app.exception_handler(Overloaded)
    async def overloaded(request: Request, problem: Overloaded):
        return error(503, "overloaded", "Too many requests wait already.", {"Retry-After": "1"})

    @app.post("/classify")
    async def classify(body: ClassifyRequest):
        return {"version": service.version, "predictions": await service.classify(body.texts)}

    @app.get("/health")
    async def health():
        return {"status": "alive"}

    @app.get("/ready")
    async def ready():
        if not service.ready:
            return error(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})
        return {"status": "ready", "version": service.version}

    return app
