"""An alert as the language describes it, for the scripts beside this one.

Truths are True, False and None (unknown). One entity at a time, its periods in order without gaps.
"""


def sustained(values, n):
    """Was it so in each of the last n periods?"""
    out = []
    for i in range(len(values)):
        window = values[max(0, i - n + 1): i + 1]
        if any(v is False for v in window):
            out.append(False)
        elif len(window) == n and all(v is True for v in window):
            out.append(True)
        else:
            out.append(None)
    return out


def alert(raises, escalations, clears, bypass, cooldown, lowers=None):
    """Yields (position, event, tier, position of the notice that keeps it back)."""
    lowers = lowers or [False] * len(raises)
    tier, sent, kept_back = 0, {}, 0
    for i in range(len(raises)):
        wanted = 1 if raises[i] is True else 0
        for step, conditions in enumerate(escalations):
            if conditions[i] is True:
                wanted = step + 2
        if wanted > tier:
            recent = [p for t, p in sent.items() if t >= wanted and i - p < cooldown]
            if recent and bypass[i] is not True:
                if kept_back < wanted:
                    yield i, "suppressed", tier, max(recent)
                kept_back = wanted
                continue
            yield i, "raised" if tier == 0 else "escalated", wanted, None
            tier, kept_back = wanted, 0
            sent[tier] = i
            continue
        kept_back = 0
        if tier > 0 and wanted == 0 and clears[i] is True:
            yield i, "cleared", 0, None
            tier = 0
        elif tier > max(wanted, 1) and lowers[i] is True:
            tier -= 1
            yield i, "lowered", tier, None
