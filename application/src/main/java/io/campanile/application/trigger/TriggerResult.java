package io.campanile.application.trigger;

import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.message.ExecutionId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.message.MessageState;
import io.campanile.domain.message.Reason;
import io.campanile.domain.trigger.FieldViolation;
import io.campanile.domain.trigger.RecipientResult;
import io.campanile.domain.trigger.TriggerRefusal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a trigger call came to.
public sealed interface TriggerResult {
    /// Committed, now or by an earlier call with the same request id.
    ///
    /// @param states of the messages that have settled; only filled when the call waited
    record Answered(
            ExecutionId execution,
            boolean duplicate,
            Instant createTime,
            List<RecipientResult> results,
            Map<MessageId, MessageState> states)
            implements TriggerResult {}

    /// Checked, decided and rendered, nothing stored.
    ///
    /// @param forecasts one for each recipient, in the order of the request
    record Validated(List<Forecast> forecasts) implements TriggerResult {
        public Validated {
            forecasts = List.copyOf(forecasts);
        }
    }

    /// Why it was not taken.
    sealed interface NotTaken extends TriggerResult {}

    record CampaignUnknown() implements NotTaken {}

    /// It takes no triggers now.
    ///
    /// @param schedule the campaign's
    record CampaignRefuses(TriggerRefusal refusal, Schedule schedule) implements NotTaken {
        /// For a campaign that has no schedule yet: it was never activated.
        static CampaignRefuses draft() {
            return new CampaignRefuses(TriggerRefusal.DRAFT, Schedule.ALWAYS);
        }
    }

    /// It is about to take triggers, or was changed while this one came, or the clock that speaks
    /// against it is in doubt: nothing was stored, and another call later finds out.
    record CampaignChanging() implements NotTaken {}

    /// `schedule_time` or `expire_time` cannot be.
    record EnvelopeInvalid(List<FieldViolation> violations) implements NotTaken {}

    /// No recipient is acceptable; the request id is not consumed.
    record AllRejected(int recipients, List<FieldViolation> violations) implements NotTaken {}

    /// The request id belongs to another request.
    ///
    /// @param execution what that one started
    record RequestIdReused(ExecutionId execution) implements NotTaken {}

    /// Nothing was stored; worth another call after the delay.
    record Overloaded(Overload overload, Duration retryDelay) implements NotTaken {
        /// For a call that finds this full.
        static Overloaded by(Overload overload) {
            return new Overloaded(overload, TriggerPorts.RETRY_DELAY);
        }
    }

    /// The store is away, or a commit's outcome is not known; repeat with the same request id.
    record Unavailable(Duration retryDelay) implements NotTaken {}

    /// Something is wrong in the program: the same call may come to the same again.
    record Broken(RuntimeException defect) implements NotTaken {
        /// What an exception says may quote the call.
        @Override
        public String toString() {
            return "Broken[" + defect.getClass().getSimpleName() + "]";
        }
    }

    /// The caller's deadline passed, or it went away, before the call was begun or what it only
    /// asked for was done; nothing was stored.
    record DeadlinePassed() implements NotTaken {}

    /// The database refuses this request's data.
    record Poisoned() implements NotTaken {}

    /// What would become of one recipient.
    sealed interface Forecast {
        /// A message would be sent.
        record Accepted() implements Forecast {}

        /// A rule about who may be written to says no.
        ///
        /// @param detail which record says so, and what would have to change, for people
        record Excluded(Reason reason, String detail) implements Forecast {}

        /// It is wrong in itself.
        record Rejected(List<FieldViolation> violations) implements Forecast {
            public Rejected {
                violations = List.copyOf(violations);
            }
        }
    }

    /// What is full.
    enum Overload {
        INTAKE,
        LOOK_UPS,
        WAITERS,
        SHUTTING_DOWN
    }
}
