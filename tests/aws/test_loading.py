"""botocore's data is found as botocore finds it, and no folder is looked into for nothing."""

import os

import pytest
from botocore.exceptions import UnknownServiceError
from botocore.loaders import create_loader as botocore_loader

from tui.aws.loading import create_loader


@pytest.mark.parametrize("service", ["sagemaker", "sagemaker-runtime", "sts", "sso-oidc", "s3"])
@pytest.mark.parametrize("kind", ["service-2", "endpoint-rule-set-1"])
def test_it_finds_what_botocore_finds(service, kind):
    theirs = botocore_loader().load_service_model(service, kind)
    assert create_loader(None).load_service_model(service, kind) == theirs


def test_it_reads_the_folders_that_the_environment_names(tmp_path, monkeypatch):
    monkeypatch.setenv("MODELS", str(tmp_path))
    model = tmp_path / "models" / "sagemaker-runtime" / "2099-01-01" / "service-2.json"
    model.parent.mkdir(parents=True)
    model.write_text('{"metadata": {"apiVersion": "2099-01-01"}}')
    loader = create_loader(f"/nowhere{os.pathsep}$MODELS/models")
    found = loader.load_service_model("sagemaker-runtime", "service-2")
    assert found["metadata"]["apiVersion"] == "2099-01-01"


def test_a_service_that_does_not_exist_is_said_with_those_that_do():
    with pytest.raises(UnknownServiceError, match="sagemaker-runtime, "):
        create_loader(None).load_service_model("sagemaker-run", "service-2")


def test_all_services_are_listed_for_who_asks():
    theirs = botocore_loader().list_available_services("service-2")
    ours = create_loader(None).list_available_services("service-2")
    assert list(ours) == theirs
    assert len(ours) == len(theirs)
