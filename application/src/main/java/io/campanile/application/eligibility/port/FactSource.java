package io.campanile.application.eligibility.port;

import io.campanile.domain.eligibility.Facts;

import java.util.List;

/// What is known about recipients. Thread-safe; throws
/// [io.campanile.application.store.StoreUnavailable] when the database is away.
public interface FactSource {
    /// The facts about each subject, in order, as they are committed now, and so not in a
    /// transaction. One round trip, two when more of somebody is needed than what they said, and
    /// one more the first time that a workspace turns out to have erased people.
    List<Facts> load(List<Subject> subjects);
}
