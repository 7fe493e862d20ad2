# exercise: create_app
# expect: wrong
# meant: the messages repeat what the exception of the service says
# about: str\(|exception('s)? (says|text|message)|repeat|leak|what (the|an) exception
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
    async def classify(request: ClassifyRequest):
        try:
            result = await service.classify(request.texts)
            return {"version": service.version, "predictions": result}
        except NotReady as e:
            return error(503, "not_ready", f"Not ready: {e}", {"Retry-After": "10"})
        except Overloaded as e:
            return error(503, "overloaded", f"Overloaded: {e}", {"Retry-After": "10"})
        except Exception as e:
            return error(500, "internal", f"Error: {e}")

    @app.get("/health")
    async def health():
        return {"status": "alive"}

    @app.get("/ready")
    async def ready():
        if not service.ready:
            return error(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "5"})
        return {"status": "ready", "version": service.version}

    return app
