package io.campanile.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.message.port.MessageQuery;
import io.campanile.application.message.port.MessageSlice;
import io.campanile.application.message.port.MessageView;
import io.campanile.application.trigger.port.NewExecution;
import io.campanile.domain.campaign.CampaignId;
import io.campanile.domain.message.MessageId;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.StoreExtension;
import io.campanile.testkit.message.StoreScene;
import io.campanile.testkit.message.StoreUnderTest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Lists that look at many messages for a few.
class MessageWalkIT extends StoreScene {
    private static final int LOOKED_AT_ONCE = 5;

    @RegisterExtension static final StoreExtension STORE = new StoreExtension();

    @Override
    protected StoreUnderTest store() {
        return STORE.store();
    }

    @Test
    void namesNoMessageOfOthersWhereItGoesOn() {
        List<MessageId> others = new ArrayList<>();
        List<MessageId> own = new ArrayList<>();
        CampaignId busy = campaign;
        CampaignId rare = addCampaign();
        for (int i = 0; i < 150; i++) {
            boolean isOwn = i % 50 == 7;
            // Ids of tests follow each other closely within a millisecond, as others do not.
            NewExecution next = stored(trigger(isOwn ? rare : busy, now.plusMillis(i)));
            (isOwn ? own : others).addAll(ids(next));
        }

        List<MessageId> found = new ArrayList<>();
        List<MessageId> places = new ArrayList<>();
        var messages = new JdbiMessages(STORE.database().store(), LOOKED_AT_ONCE);
        MessageId place = null;
        do {
            MessageSlice slice = messages.list(ofRare(place));
            slice.messages().stream().map(MessageView::id).forEach(found::add);
            place = slice.next();
            if (place != null) {
                places.add(place);
            }
        } while (place != null);

        assertThat(found).containsExactlyInAnyOrderElementsOf(own);
        assertThat(places).hasSizeGreaterThan(3).doesNotContainAnyElementsOf(others);
    }

    private MessageQuery ofRare(@Nullable MessageId after) {
        return new MessageQuery(
                WorkspaceId.DEFAULT,
                campaignName,
                null,
                null,
                Set.of(),
                Set.of(),
                null,
                null,
                after,
                10);
    }
}
