package io.campanile.domain.eligibility;

import io.campanile.domain.message.Reason;
import io.campanile.domain.workspace.WorkspaceId;

import java.time.Instant;

/// Nobody can be written to without an address, nor where one should be and something else is.
final class AddressRule implements EligibilityRule {
    private static final Decision MISSING =
            new Decision.Exclude(
                    Reason.ADDRESS_MISSING,
                    Evidence.NOTHING_ON_RECORD,
                    "The call would have to carry an address, or the profile to have one.");

    @Override
    public Rule rule() {
        return Rule.ADDRESS;
    }

    @Override
    public Decision decide(Facts facts, Instant now) {
        Addressee addressee = facts.addressee();
        if (addressee.address() != null) {
            return new Decision.Deliver();
        }
        return addressee.malformed().isEmpty()
                ? MISSING
                : malformed(addressee, facts.occasion().workspace());
    }

    /// Names the field, not what it holds.
    private static Decision malformed(Addressee addressee, WorkspaceId workspace) {
        if (addressee.overlaid()) {
            return new Decision.Exclude(
                    Reason.ADDRESS_MALFORMED,
                    new Evidence(
                            "",
                            "address_field %s of the call".formatted(addressee.malformed()),
                            null),
                    "The call's profile would have to hold an email address there, or nothing.");
        }
        return new Decision.Exclude(
                Reason.ADDRESS_MALFORMED,
                new Evidence(
                        addressee.owner(workspace), "address_field " + addressee.malformed(), null),
                "The attribute would have to hold an email address, or nothing.");
    }
}
