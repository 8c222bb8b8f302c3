package io.campanile.persistence.operation;

/// Rows that do not fit each other, by the invariant they break.
///
/// @param what sets this one apart from others that break the same invariant
record PlantedFault(String invariant, String what, String sql) {
    static PlantedFault of(String invariant, String what, String... statements) {
        return new PlantedFault(invariant, what, String.join(";\n", statements));
    }

    @Override
    public String toString() {
        return invariant + ": " + what;
    }
}
