# exercise: create_app
# expect: wrong
# meant: reads service.version once, when create_app is called; later changes do not show
# about: version.*(once|chang|stale|old|moment|each)|(once|chang|stale|frozen|each time).*version
def create_app(service: Any) -> FastAPI:
    version = service.version

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

    @app.post("/classify")
    async def classify(body: ClassifyRequest):
        try:
            predictions = await service.classify(body.texts)
        except NotReady:
            return error(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})
        except Overloaded:
            return error(503, "overloaded", "Too many requests wait.", {"Retry-After": "1"})
        except Exception:
            return error(500, "internal", "Something broke on the server.")
        return {"version": version, "predictions": predictions}

    @app.get("/health")
    async def health():
        return {"status": "alive"}

    @app.get("/ready")
    async def ready():
        if not service.ready:
            return error(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})
        return {"status": "ready", "version": version}

    return app
