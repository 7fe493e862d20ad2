# exercise: create_app
# expect: wrong
# meant: the lifespan ends with its yield, service.close() is never called
# about: close|after (the )?yield|second half|ends?\b
def create_app(service: Any) -> FastAPI:
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI):
        await service.start()
        yield {"service": service}

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
