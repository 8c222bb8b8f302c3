package io.campanile.domain.campaign;

import io.campanile.domain.campaign.CampaignControl.Delivery;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A campaign in one of its states; each variant carries only what is true in that state. Changed
/// by [CampaignLifecycle] alone.
public sealed interface Campaign {

    /// The state's name, the same in the API, here and in the database.
    enum State {
        DRAFT,
        SCHEDULED,
        LIVE,
        PAUSED,
        STOPPED,
        COMPLETED,
        ARCHIVED
    }

    CampaignHeader header();

    State state();

    /// What intake and marks are to obey in this state.
    CampaignControl control();

    /// In which mode it is paused; absent when it is not.
    default @Nullable PauseMode pause() {
        return null;
    }

    /// The definition that can be edited; absent where nothing is but what is live.
    @Nullable CampaignDefinition draft();

    /// The definition somebody would edit: the draft where there is one, else what is live.
    CampaignDefinition newest();

    /// The definition that triggers are held against: what is live, and before that what would be.
    default CampaignDefinition inForce() {
        return newest();
    }

    /// This campaign once the clock has done its part: started or completed when due.
    default Campaign asOf(Instant now) {
        return CampaignLifecycle.asOf(this, now);
    }

    /// The same, but as it is while the clock is in doubt: to be started and completed is for good.
    default Campaign asOf(Instant now, boolean inDoubt) {
        return inDoubt ? this : asOf(now);
    }

    default CampaignId id() {
        return header().id();
    }

    default CampaignName name() {
        return header().name();
    }

    default long version() {
        return header().version();
    }

    /// Never activated; the only state in which a campaign can be deleted.
    record Draft(CampaignHeader header, CampaignDefinition definition) implements Campaign {
        @Override
        public State state() {
            return State.DRAFT;
        }

        @Override
        public CampaignControl control() {
            return new CampaignControl(false, 0, Delivery.DELIVER);
        }

        @Override
        public CampaignDefinition draft() {
            return definition;
        }

        @Override
        public CampaignDefinition newest() {
            return definition;
        }
    }

    /// A campaign that has been activated and so has a live revision; may hold a draft beside it.
    sealed interface Activated extends Campaign {
        Revision live();

        @Override
        default CampaignDefinition inForce() {
            return live().definition();
        }

        @Override
        default CampaignDefinition newest() {
            CampaignDefinition draft = draft();
            return draft != null ? draft : live().definition();
        }
    }

    /// A campaign that has not ended, and can be changed through a draft beside what is live.
    sealed interface Running extends Activated {
        /// The same state with these parts.
        Running with(CampaignHeader header, Revision live, @Nullable CampaignDefinition draft);
    }

    /// Activated ahead of its start; nothing has been triggered under its revision.
    record Scheduled(CampaignHeader header, Revision live, @Nullable CampaignDefinition draft)
            implements Running {
        public Scheduled {
            if (live.definition().schedule().startTime() == null) {
                throw new IllegalArgumentException("scheduled without a start: " + header.name());
            }
        }

        @Override
        public Scheduled with(
                CampaignHeader newHeader, Revision newLive, @Nullable CampaignDefinition newDraft) {
            return new Scheduled(newHeader, newLive, newDraft);
        }

        @Override
        public State state() {
            return State.SCHEDULED;
        }

        @Override
        public CampaignControl control() {
            return new CampaignControl(false, live.number(), Delivery.DELIVER);
        }
    }

    /// Can be triggered.
    record Live(CampaignHeader header, Revision live, @Nullable CampaignDefinition draft)
            implements Running {
        @Override
        public Live with(
                CampaignHeader newHeader, Revision newLive, @Nullable CampaignDefinition newDraft) {
            return new Live(newHeader, newLive, newDraft);
        }

        @Override
        public State state() {
            return State.LIVE;
        }

        @Override
        public CampaignControl control() {
            return new CampaignControl(true, live.number(), Delivery.DELIVER);
        }
    }

    /// Sends nothing until it is resumed.
    record Paused(
            CampaignHeader header,
            Revision live,
            @Nullable CampaignDefinition draft,
            PauseMode mode)
            implements Running {
        @Override
        public PauseMode pause() {
            return mode;
        }

        @Override
        public Paused with(
                CampaignHeader newHeader, Revision newLive, @Nullable CampaignDefinition newDraft) {
            return new Paused(newHeader, newLive, newDraft, mode);
        }

        @Override
        public State state() {
            return State.PAUSED;
        }

        @Override
        public CampaignControl control() {
            return new CampaignControl(mode == PauseMode.HOLD, live.number(), Delivery.HOLD);
        }
    }

    /// Ended by somebody, for good; what was open is cancelled.
    record Stopped(
            CampaignHeader header,
            Revision live,
            @Nullable CampaignDefinition draft,
            StopCounts counts)
            implements Activated {
        @Override
        public State state() {
            return State.STOPPED;
        }

        @Override
        public CampaignControl control() {
            return new CampaignControl(false, live.number(), Delivery.CANCEL);
        }
    }

    /// Ended by its end time; what was accepted before is still delivered. If it was paused then,
    /// the pause stays: whoever paused it relies on nothing being sent until somebody says so.
    ///
    /// @param pause the mode of the pause that stood when it ended, until somebody resumes or stops
    ///   it; absent without one
    record Completed(
            CampaignHeader header,
            Revision live,
            @Nullable CampaignDefinition draft,
            @Nullable PauseMode pause)
            implements Activated {
        @Override
        public State state() {
            return State.COMPLETED;
        }

        @Override
        public CampaignControl control() {
            return new CampaignControl(
                    false, live.number(), pause != null ? Delivery.HOLD : Delivery.DELIVER);
        }
    }

    /// Put away; purged some time after its `updateTime`, which is when it was archived.
    ///
    /// @param counts what the stop found; absent when the campaign had completed
    record Archived(
            CampaignHeader header,
            Revision live,
            @Nullable CampaignDefinition draft,
            @Nullable StopCounts counts)
            implements Activated {
        @Override
        public State state() {
            return State.ARCHIVED;
        }

        /// Archiving changes nothing for what is still open: a completed campaign goes on
        /// delivering, a stopped one cancelling.
        @Override
        public CampaignControl control() {
            return new CampaignControl(
                    false, live.number(), counts == null ? Delivery.DELIVER : Delivery.CANCEL);
        }
    }
}
