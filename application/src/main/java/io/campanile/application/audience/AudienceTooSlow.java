package io.campanile.application.audience;

import io.campanile.application.store.StatementTooSlow;
import io.campanile.domain.audience.Audience;
import io.campanile.domain.audience.AudienceName;

import java.util.function.Supplier;

/// The rule of an audience takes longer than a statement may. The same call would take as long
/// again, so that nobody is told to repeat it.
public final class AudienceTooSlow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient AudienceName audience;

    private AudienceTooSlow(AudienceName audience, StatementTooSlow cause) {
        super("the rule of an audience takes too long", cause);
        this.audience = audience;
    }

    /// Whose rule it is.
    public AudienceName audience() {
        return audience;
    }

    /// Reads members of an audience.
    ///
    /// @throws AudienceTooSlow when its rule takes too long; a list is only ever held up
    public static <T> T reading(Audience audience, Supplier<T> members) {
        try {
            return members.get();
        } catch (StatementTooSlow e) {
            throw audience.isByRule() ? new AudienceTooSlow(audience.name(), e) : e;
        }
    }
}
