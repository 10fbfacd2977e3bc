"""The program looks as the pictures in `screenshots/` say; draw them anew when it should not."""

import pytest

from tests.screenshots.scenes import FOLDER, SCENES, draw


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_program_looks_as_in_the_picture(scene, tmp_path):
    drawn = draw(scene, tmp_path / "home")
    if drawn != scene.file.read_text(encoding="utf-8"):
        seen = tmp_path / scene.file.name
        seen.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{scene.file.name} differs; it looks like {seen} now")


def test_no_picture_is_left_over():
    assert {path.name for path in FOLDER.iterdir()} == {scene.file.name for scene in SCENES}
