package io.campanile.testkit.eligibility;

class InMemoryRuleSourceTest extends RuleSourceContract {
    private final Stores stores = InMemoryReservationsTest.newStores();

    @Override
    protected Stores stores() {
        return stores;
    }
}
