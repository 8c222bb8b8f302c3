package io.campanile.persistence;

import io.campanile.application.consent.Pseudonyms;

/// Names that stand for people who were erased, in SQL.
public final class ErasedNames {
    /// What they all are like; a literal, because the partial indexes on them are found by it.
    public static final String PATTERN = "'%" + Pseudonyms.DOMAIN + "'";

    private ErasedNames() {}
}
