from broadsheet.group.normalise import fold


def test_width_and_case_are_gone() -> None:
    assert fold("ＡＩ涨５％，Ｂ股！") == fold("ai涨5%,b股!")
