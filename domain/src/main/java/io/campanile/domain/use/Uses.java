package io.campanile.domain.use;

import java.util.Comparator;
import java.util.List;

/// The campaigns that depend on something, whatever their state.
///
/// @param all those in whose way it is most come first, and then in the order of their names
public record Uses(List<CampaignUse> all) {
    private static final Comparator<CampaignUse> ORDER =
            Comparator.comparing(CampaignUse::tie).thenComparing(CampaignUse::campaign);

    /// Nobody depends on it.
    public static final Uses NONE = new Uses(List.of());

    public Uses {
        all = all.stream().sorted(ORDER).toList();
    }

    /// The uses that may still send with it.
    public Uses running() {
        return new Uses(all.stream().filter(use -> use.tie().isRunning()).toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public int count() {
        return all.size();
    }
}
