package io.campanile.domain.trigger;

import io.campanile.domain.campaign.CampaignDefinition;
import io.campanile.domain.content.Contract;
import io.campanile.domain.profile.Identity;
import io.campanile.domain.schema.AttributeCheck;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What is wrong with the recipients of one call, which it is shown one after the other. Not
/// thread-safe.
public final class RecipientsCheck {
    private static final String IDENTITY = "identity";

    /// Enough to put a call right; those of many recipients would fill the answer, and the store.
    private static final int MOST_VIOLATIONS = 1_000;

    private final CampaignDefinition definition;
    private final Contract contract;
    private final AttributeCheck attributes;
    private final Set<Identity> seen = new HashSet<>();
    private int told;

    /// Until there is a second one: most calls have one recipient, whom nobody compares.
    private @Nullable Identity first;

    public RecipientsCheck(
            CampaignDefinition definition, Contract contract, AttributeCheck attributes) {
        this.definition = definition;
        this.contract = contract;
        this.attributes = attributes;
    }

    /// What is wrong with the next recipient; fields are relative to it. Rules are only checked
    /// where the syntax is right, because otherwise their findings would only add noise. For the
    /// same reason recipients without an identity are not reported as equal to each other. Once a
    /// call has a thousand violations, each further recipient is told one.
    ///
    /// @param syntax what is wrong with how it is written
    public List<FieldViolation> next(Recipient recipient, List<FieldViolation> syntax) {
        List<FieldViolation> found = new ArrayList<>(syntax);
        if (hasIdentity(syntax) && !remember(recipient.identity())) {
            found.add(
                    new FieldViolation(
                            IDENTITY,
                            ViolationReason.IDENTITY_REPEATED,
                            "another recipient of this call has the same identity"));
        }
        if (found.isEmpty()) {
            found.addAll(Admission.check(recipient, definition, contract, attributes));
        }
        return told(found);
    }

    private List<FieldViolation> told(List<FieldViolation> found) {
        int most = Math.max(1, MOST_VIOLATIONS - told);
        List<FieldViolation> first = found.size() > most ? found.subList(0, most) : found;
        told += first.size();
        return first;
    }

    /// Remembers a person, or says that there was the same before. Two spellings of one address are
    /// the same person.
    private boolean remember(Identity identity) {
        if (first == null) {
            first = identity;
            return true;
        }
        if (seen.isEmpty()) {
            seen.add(first.comparable());
        }
        return seen.add(identity.comparable());
    }

    private static boolean hasIdentity(List<FieldViolation> syntax) {
        return syntax.stream().noneMatch(violation -> violation.field().startsWith(IDENTITY));
    }
}
