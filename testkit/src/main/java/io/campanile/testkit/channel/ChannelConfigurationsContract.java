package io.campanile.testkit.channel;

import static io.campanile.testkit.channel.ChannelConfigurationBuilder.aChannelConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.channel.port.ChannelConfigurations;
import io.campanile.application.channel.port.ConfigurationVersion;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.application.store.port.Transactions;
import io.campanile.domain.channel.Category;
import io.campanile.domain.channel.ChannelConfiguration;
import io.campanile.domain.channel.ChannelConfiguration.State;
import io.campanile.domain.channel.ChannelConfigurationId;
import io.campanile.domain.channel.DeliveryLimits;
import io.campanile.domain.channel.SealedSecret;
import io.campanile.domain.channel.SmtpServer;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.testkit.store.OwnWorkspaces;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What every [ChannelConfigurations] must do. Each test has a workspace of its own, so that they
/// can share a store.
public abstract class ChannelConfigurationsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /// The workspace of this test.
    protected final WorkspaceId workspace = OwnWorkspaces.next();

    protected abstract ChannelConfigurations configurations();

    protected abstract Transactions transactions();

    /// Makes the workspace exist.
    protected abstract void givenWorkspace(WorkspaceId workspace);

    @BeforeEach
    void createTheWorkspace() {
        givenWorkspace(workspace);
    }

    @Test
    void givesBackWhatWasStored() {
        var password = new SealedSecret("key-1", new byte[] {1, 2, 3});
        ChannelConfiguration configuration =
                mine("mail")
                        .over(
                                new SmtpServer(
                                        "relay.example.com",
                                        465,
                                        SmtpServer.Security.IMPLICIT_TLS,
                                        true,
                                        "PEM",
                                        new SmtpServer.Credentials("me", password),
                                        "us.example.com"))
                        .limitedTo(
                                new DeliveryLimits(
                                        2,
                                        16,
                                        12.5,
                                        Duration.ofSeconds(5),
                                        Duration.ofMinutes(3),
                                        20,
                                        Duration.ofMillis(1500)))
                        .retryWindow(Duration.ofHours(6))
                        .writingTo("work.email")
                        .bypassingComplaints()
                        .build();

        assertThat(configurations().insert(configuration)).isTrue();

        assertThat(configurations().find(configuration.name())).contains(configuration);
        assertThat(all()).contains(configuration);
        assertThat(transactions().inTransaction(() -> configurations().lock(configuration.name())))
                .contains(configuration);
        assertThat(transactions().inTransaction(() -> configurations().share(configuration.name())))
                .contains(configuration);
    }

    private List<ChannelConfiguration> all() {
        return configurations()
                .all((version, e) -> {
                    throw new AssertionError("unreadable: " + version, e);
                });
    }

    @Test
    void readsTheOthersWhereOneCannotBeRead() {
        ChannelConfiguration broken = mine("broken").build();
        ChannelConfiguration sound = mine("sound").build();
        configurations().insert(broken);
        configurations().insert(sound);
        makeUnreadable(broken.id());
        var unreadable = new ArrayList<ConfigurationVersion>();
        try {
            assertThat(configurations().all((version, _) -> unreadable.add(version)))
                    .contains(sound)
                    .doesNotContain(broken);
            assertThat(unreadable)
                    .containsExactly(
                            new ConfigurationVersion(
                                    broken.name().workspace(), broken.id(), broken.version()));
        } finally {
            configurations().delete(broken.id());
        }
    }

    @Test
    void knowsWhichAttributesHoldAddressesAlsoByThoseThatCannotBeRead() {
        var other = new WorkspaceId(workspace.value() + "-y");
        givenWorkspace(other);
        ChannelConfiguration broken = mine("broken").writingTo("work.email").build();
        configurations().insert(broken);
        configurations().insert(mine("again").writingTo("work.email").build());
        configurations().insert(mine("plain").build());
        configurations().insert(aChannelConfiguration().in(other).writingTo("mail").build());
        makeUnreadable(broken.id());
        try {
            assertThat(configurations().addressFields(workspace)).containsExactly("work.email");
        } finally {
            configurations().delete(broken.id());
        }
    }

    /// Makes what is stored of it something that no configuration can be.
    protected abstract void makeUnreadable(ChannelConfigurationId id);

    @Test
    void refusesATakenName() {
        configurations().insert(mine("mail").build());

        assertThat(configurations().insert(mine("mail").build())).isFalse();
    }

    @Test
    void replacesAConfiguration() {
        ChannelConfiguration stored = mine("mail").build();
        configurations().insert(stored);
        ChannelConfiguration edited =
                stored.edited(mine("mail").displayName("Another relay").definition());

        configurations().update(edited);

        assertThat(configurations().find(stored.name())).contains(edited);
    }

    @Test
    void refusesToReplaceAConfigurationThatIsGone() {
        ChannelConfiguration gone = mine("mail").build();

        assertThatIllegalStateException().isThrownBy(() -> configurations().update(gone));
    }

    @Test
    void forgetsADeletedConfiguration() {
        ChannelConfiguration stored = mine("mail").build();
        configurations().insert(stored);

        configurations().delete(stored.id());

        assertThat(configurations().find(stored.name())).isEmpty();
    }

    @Test
    void listsByStateAndCategoryAndSeesNoOtherWorkspace() {
        var other = new WorkspaceId(workspace.value() + "-x");
        givenWorkspace(other);
        configurations().insert(mine("a").createdAt(NOON).build());
        configurations().insert(mine("b").inState(State.PAUSED).build());
        configurations().insert(mine("c").serving(Category.MARKETING).build());
        configurations().insert(aChannelConfiguration().in(other).named("d").build());

        assertThat(listed("state = PAUSED")).containsExactly("b");
        assertThat(listed("category = MARKETING")).containsExactly("c");
        assertThat(listed("")).containsExactly("a", "b", "c");
    }

    @Test
    void listsInTheOrderOfNamesPageByPage() {
        for (String name : List.of("c", "a", "b", "a-2", "d")) {
            configurations().insert(mine(name).createdAt(NOON).build());
        }

        Page.Found<ChannelConfiguration> first = page(new ListRequest("", "", 3, ""));
        Page.Found<ChannelConfiguration> second =
                page(new ListRequest("", "", 3, first.nextPageToken()));

        assertThat(names(first)).containsExactly("a", "a-2", "b");
        assertThat(names(second)).containsExactly("c", "d");
    }

    private ChannelConfigurationBuilder mine(String name) {
        return aChannelConfiguration().in(workspace).named(name);
    }

    private List<String> listed(String filter) {
        return names(page(new ListRequest(filter, "", 0, "")));
    }

    private Page.Found<ChannelConfiguration> page(ListRequest request) {
        Page<ChannelConfiguration> page =
                Page.of(
                        request,
                        ChannelConfigurations.FIELDS,
                        query -> configurations().list(workspace, query));
        return switch (page) {
            case Page.Found<ChannelConfiguration> found -> found;
            case Page.Invalid<ChannelConfiguration>(_, var text) -> throw new AssertionError(text);
        };
    }

    private static List<String> names(Page.Found<ChannelConfiguration> page) {
        return page.entries().stream().map(each -> each.name().channelConfiguration()).toList();
    }
}
