"""The fine-tuned model as a service: what lesson 9 builds, whole, tested and measured.

>>> from course.serving.predictor import Predictor
>>> from course.serving.service import BatchedService
>>> from course.serving.application import create_app
>>> app = create_app(BatchedService(lambda: Predictor.from_folder(folder)))          # doctest: +SKIP
>>> # and in a terminal: python -m course.serving serve FOLDER

=====================  =============================================================================================
module                 what it is
=====================  =============================================================================================
``article``            the endpoint of the article that the course began from, as it stands; with what is wrong
``fine_tuned``         the folder that lesson 8 saves, as a model that is called like one of transformers
``predictor``          texts in, labels and probabilities out: :class:`Prediction`, :class:`Predictor`
``export``             ONNX, int8, and how far each is from the original
``onnx_model``         what runs an exported model: without torch, or in a transformers model's place
``batcher``            dynamic batching: :func:`next_batch`, :class:`Batcher`
``service``            the model loaded once, behind a queue: :class:`DirectService`, :class:`BatchedService`
``application``        the FastAPI application: models, limits, errors, health, readiness, metrics
``flask_application``  the same routes with Flask
``metrics``, ``drift`` what a running service counts, and how it notices that its inputs have changed
``running``            a server on loopback for as long as a ``with`` block lasts
``load``               the load test: percentiles of latency, throughput
``virtual``            an event loop whose clock jumps, so that waiting costs no time in tests
=====================  =============================================================================================

Importing this package loads nothing of that; its modules load FastAPI, torch or ONNX Runtime where they need them.
"""
