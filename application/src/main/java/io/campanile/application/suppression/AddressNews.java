package io.campanile.application.suppression;

import io.campanile.domain.suppression.Bounce;
import io.campanile.domain.suppression.BouncedAddress;
import io.campanile.domain.suppression.Complaint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What was learned of addresses together.
///
/// @param bounces in the order they happened
/// @param complaints all of one workspace
/// @param deliveries when mail last arrived at an address
public record AddressNews(
        List<Bounce> bounces, List<Complaint> complaints, Map<BouncedAddress, Instant> deliveries) {
    boolean isEmpty() {
        return bounces.isEmpty() && complaints.isEmpty() && deliveries.isEmpty();
    }

    /// Addresses whose bounces are counted, or begin anew.
    Set<BouncedAddress> counted() {
        Set<BouncedAddress> addresses = new TreeSet<>(deliveries.keySet());
        bounces.forEach(bounce -> addresses.add(bounce.address()));
        return addresses;
    }
}
