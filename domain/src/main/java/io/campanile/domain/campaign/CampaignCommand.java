package io.campanile.domain.campaign;

import io.campanile.domain.access.Actor;
import io.campanile.domain.content.Finding;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What somebody asks of a campaign.
public sealed interface CampaignCommand {

    /// The command's name; what `available_actions` lists.
    enum Action {
        UPDATE,
        DELETE,
        ACTIVATE,
        PAUSE,
        RESUME,
        STOP,
        ROLLBACK,
        DUPLICATE,
        ARCHIVE,
        CREATE_DRAFT,
        DISCARD_DRAFT
    }

    Action action();

    /// Replaces the properties and, when given, the definition of a draft campaign or the draft
    /// beside a live revision.
    ///
    /// @param definition absent when it is not to be touched
    record Update(CampaignProperties properties, @Nullable CampaignDefinition definition)
            implements CampaignCommand {
        @Override
        public Action action() {
            return Action.UPDATE;
        }
    }

    record Delete() implements CampaignCommand {
        @Override
        public Action action() {
            return Action.DELETE;
        }
    }

    /// Freezes the newest definition as the next revision and makes it live.
    ///
    /// @param findings of a review of that definition, made in the same transaction
    record Activate(List<Finding> findings, Actor by) implements CampaignCommand {
        public Activate {
            findings = List.copyOf(findings);
        }

        @Override
        public Action action() {
            return Action.ACTIVATE;
        }
    }

    record Pause(PauseMode mode) implements CampaignCommand {
        @Override
        public Action action() {
            return Action.PAUSE;
        }
    }

    record Resume() implements CampaignCommand {
        @Override
        public Action action() {
            return Action.RESUME;
        }
    }

    /// Ends the campaign for good.
    ///
    /// @param counts taken after the control row was changed
    record Stop(StopCounts counts) implements CampaignCommand {
        @Override
        public Action action() {
            return Action.STOP;
        }
    }

    /// Makes an earlier revision's content the next revision.
    ///
    /// @param target the earlier revision
    /// @param findings of a review of its definition as of today
    record Rollback(Revision target, List<Finding> findings, Actor by) implements CampaignCommand {
        public Rollback {
            findings = List.copyOf(findings);
        }

        @Override
        public Action action() {
            return Action.ROLLBACK;
        }
    }

    /// Makes a new campaign, a draft, of the newest definition and the same properties, tags
    /// included.
    ///
    /// @param displayName of the new campaign; the original's when empty
    record Duplicate(CampaignId id, CampaignName name, String displayName)
            implements CampaignCommand {
        @Override
        public Action action() {
            return Action.DUPLICATE;
        }
    }

    record Archive() implements CampaignCommand {
        @Override
        public Action action() {
            return Action.ARCHIVE;
        }
    }

    /// Puts a draft, a copy of what is live, beside the live revision.
    record CreateDraft() implements CampaignCommand {
        @Override
        public Action action() {
            return Action.CREATE_DRAFT;
        }
    }

    record DiscardDraft() implements CampaignCommand {
        @Override
        public Action action() {
            return Action.DISCARD_DRAFT;
        }
    }
}
