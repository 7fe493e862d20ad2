"""What Colab, VS Code and PyCharm add to a notebook."""

from tests.attacks.attack import Attack, Notebook


def build(notebook: Notebook) -> None:
    """Make the submission."""
    notebook.data["metadata"] |= {
        "colab": {"provenance": [], "toc_visible": True, "gpuType": "T4"},
        "accelerator": "GPU",
        "vscode": {"interpreter": {"hash": "0" * 64}},
        "kernelspec": {"name": "conda-env-llm-py", "display_name": "llm (Python 3.13)", "language": "python"},
        "language_info": {"name": "python", "version": "3.13.1", "pygments_lexer": "ipython3"},
    }
    for number, cell in enumerate(notebook.cells):
        cell["metadata"] |= {
            "id": f"colab{number}", "outputId": "x", "colab": {"base_uri": "https://localhost:8080/"},
            "vscode": {"languageId": "python"}, "pycharm": {"name": "#%%\\n", "is_executing": False},
            "ExecuteTime": {"end_time": "2026-01-01T00:00:00"}, "collapsed": True, "scrolled": "auto", "trusted": True,
            "tags": ["my-tag"], "jupyter": {"outputs_hidden": False}, "slideshow": {"slide_type": "slide"},
        }  # fmt: skip
        cell["id"] = f"colab{number}"


ATTACK = Attack("metadata of Colab, VS Code and PyCharm", build)
