# exercise: create_app
# expect: wrong
# meant: calls the service once for each text instead of once for the request
# about: each text|text by text|one call|a call (for|per)|one by one|single call|in (a )?loop
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

    @app.post("/classify")
    async def classify(body: ClassifyRequest):
        predictions = []
        try:
            for text in body.texts:
                answer = await service.classify([text])
                predictions.append(answer[0])
        except NotReady:
            return error(503, "not_ready", "Please wait, the model is being loaded.", {"Retry-After": "3"})
        except Overloaded:
            return error(503, "overloaded", "Please try again later.", {"Retry-After": "3"})
        except Exception:
            return error(500, "internal", "Internal server error.")
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
