# exercise: create_app
# expect: wrong
# meant: Overloaded is answered with 429 Too Many Requests instead of 503
# about: 429|Too Many Requests|\b503\b.*overload|overload.*\b503\b
def create_app(service: Any) -> FastAPI:
    @contextlib.asynccontextmanager
    async def lifespan(app):
        await service.start()
        yield
        await service.close()

    app = FastAPI(lifespan=lifespan)

    def error(status, code, message, headers=None):
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status, headers=headers)

    @app.exception_handler(NotReady)
    async def on_not_ready(request, problem):
        return error(503, "not_ready", "The model is not loaded.", {"Retry-After": "2"})

    @app.exception_handler(Overloaded)
    async def on_overloaded(request, problem):
        return error(429, "overloaded", "Too many requests.", {"Retry-After": "2"})

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, problem: RequestValidationError):
        return error(422, "invalid_request", "The body is not a valid request.")

    @app.post("/classify")
    async def classify(body: ClassifyRequest):
        try:
            predictions = await service.classify(body.texts)
        except (NotReady, Overloaded):
            raise
        except Exception:
            return error(500, "internal", "An error of the server.")
        return {"version": service.version, "predictions": predictions}

    @app.get("/health")
    async def health():
        return {"status": "alive"}

    @app.get("/ready")
    async def ready():
        if not service.ready:
            return error(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})
        return {"status": "ready", "version": service.version}

    return app
