package io.campanile.testkit.campaign;

import static io.campanile.testkit.campaign.CampaignBuilder.CREATED;
import static io.campanile.testkit.campaign.CampaignBuilder.aCampaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.campanile.application.campaign.port.CampaignControls;
import io.campanile.application.campaign.port.CampaignVersion;
import io.campanile.application.campaign.port.Campaigns;
import io.campanile.application.query.ListRequest;
import io.campanile.application.query.Page;
import io.campanile.domain.access.Actor;
import io.campanile.domain.campaign.Campaign;
import io.campanile.domain.campaign.CampaignControl;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.PauseMode;
import io.campanile.domain.campaign.Revision;
import io.campanile.domain.campaign.Schedule;
import io.campanile.domain.campaign.StopCounts;
import io.campanile.domain.channel.Category;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What every [Campaigns] and [CampaignControls] must do, besides the uses. Each test has a
/// workspace of its own, so that they can share a store.
public abstract class CampaignsContract extends CampaignUsesContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource
    void givesBackWhatWasStoredInEveryState(Campaign.State state) {
        Campaign campaign = stored(inState(state));

        assertThat(campaigns().find(campaign.name())).contains(campaign);
        assertThat(campaigns().find(campaign.id())).contains(campaign);
        assertThat(transactions().inTransaction(() -> campaigns().lock(campaign.name())))
                .contains(campaign);
    }

    @Test
    void knowsWhyAnArchivedCampaignEnded() {
        Campaign.Stopped stopped = campaign("s").stopped(new StopCounts(3, 2));
        Campaign archived =
                stored(
                        new Campaign.Archived(
                                stopped.header(), stopped.live(), null, stopped.counts()));

        assertThat(campaigns().find(archived.id())).contains(archived);
    }

    @Test
    void keepsADraftBesideTheLiveRevisionAndEverythingTheAuthorDeclared() {
        var field = new DeclaredField("context.code", FieldType.STRING, true, true, "\"1\"", "");
        Campaign campaign =
                stored(
                        campaign("d")
                                .declaring(field)
                                .tagged("a", "b")
                                .during(new Schedule(CREATED, NOON))
                                .withDraft(aCampaign().over("other").definition())
                                .live());

        assertThat(campaigns().find(campaign.id())).contains(campaign);
    }

    @Test
    void listsCampaignsWithoutTheirContents() {
        var content = new EmailContent("s", "", "<p>h</p>", "t", "");
        stored(campaign("a").saying(content).draft());
        stored(
                campaign("b")
                        .saying(content)
                        .withDraft(aCampaign().saying(content).definition())
                        .live());
        stored(campaign("c").saying(content).stopped(StopCounts.NONE));

        assertThat(page(new ListRequest("", "name", 0, "")).entries())
                .flatExtracting(each -> List.of(each.newest(), each.inForce()))
                .hasSize(6)
                .containsOnly(aCampaign().saying(EmailContent.NONE).definition());
    }

    @Test
    void refusesATakenName() {
        stored(campaign("a").draft());

        assertThat(campaigns().insert(campaign("a").draft())).isFalse();
    }

    @Test
    void replacesACampaign() {
        Campaign.Draft draft = campaign("a").draft();
        stored(draft);
        var renamed = new Campaign.Draft(draft.header(), aCampaign().over("other").definition());

        campaigns().update(renamed);

        assertThat(campaigns().find(draft.id())).contains(renamed);
    }

    @Test
    void refusesToReplaceACampaignThatIsGone() {
        Campaign.Draft draft = campaign("a").draft();
        stored(draft);
        campaigns().delete(draft.id());

        assertThatIllegalStateException().isThrownBy(() -> campaigns().update(draft));
    }

    @Test
    void forgetsADeletedCampaign() {
        Campaign campaign = stored(campaign("a").draft());

        campaigns().delete(campaign.id());

        assertThat(campaigns().find(campaign.name())).isEmpty();
        assertThat(control(campaign.id())).isEmpty();
        assertThat(campaigns().insert(campaign("a").draft())).isTrue();
    }

    @Test
    void listsRevisionsNewestFirst() {
        Campaign campaign = stored(campaign("a").live());
        Revision second = revision(2, 0);
        Revision third = revision(3, 1);
        campaigns().addRevision(campaign.id(), second);
        campaigns().addRevision(campaign.id(), third);

        assertThat(campaigns().revision(campaign.id(), 2)).contains(second);
        assertThat(campaigns().revision(campaign.id(), 4)).isEmpty();
        assertThat(campaigns().revisions(campaign.id(), Integer.MAX_VALUE, 2))
                .containsExactly(third, second);
        assertThat(campaigns().revisions(campaign.id(), 2, 9))
                .extracting(Revision::number)
                .containsExactly(1);
    }

    @Test
    void neverReplacesARevision() {
        Campaign campaign = stored(campaign("a").live());

        assertThatIllegalStateException()
                .isThrownBy(() -> campaigns().addRevision(campaign.id(), revision(1, 0)));
    }

    @Test
    void remembersThatACampaignWasPausedWhenItCompleted() {
        Campaign paused = stored(campaign("a").completedWhilePaused(PauseMode.REFUSE));

        assertThat(campaigns().find(paused.name())).contains(paused);
    }

    @Test
    void knowsWhatIsRunning() {
        Campaign live = stored(campaign("a").live());
        Campaign paused = stored(campaign("b").paused(PauseMode.REFUSE));
        Campaign draft = stored(campaign("c").draft());

        assertThat(campaigns().running())
                .contains(version(live), version(paused))
                .doesNotContain(version(draft));
    }

    @Test
    void knowsWhatIsDue() {
        Campaign starting = stored(campaign("a").during(new Schedule(NOON, null)).scheduled());
        Campaign ending = stored(campaign("b").during(new Schedule(null, NOON)).live());
        Campaign going = stored(campaign("c").live());
        Campaign draft = stored(campaign("d").during(new Schedule(null, NOON)).draft());

        assertThat(campaigns().due(NOON.minusMillis(1), Set.of(), 1000))
                .doesNotContain(starting.name(), ending.name());
        assertThat(campaigns().due(NOON, Set.of(), 1000))
                .contains(starting.name(), ending.name())
                .doesNotContain(going.name(), draft.name());
    }

    @Test
    void knowsWhatWasArchivedLongAgo() {
        CampaignName old = stored(campaign("a").archived()).name();
        CampaignName live = stored(campaign("b").live()).name();

        assertThat(campaigns().purgeable(CREATED, Set.of(), 1000)).doesNotContain(old);
        assertThat(campaigns().purgeable(CREATED.plusSeconds(1), Set.of(), 1000))
                .contains(old)
                .doesNotContain(live);
    }

    @Test
    void leavesOutWhomItIsToldToAmongThoseDue() {
        CampaignName left = stored(campaign("a").during(new Schedule(null, NOON)).live()).name();
        CampaignName other = stored(campaign("b").during(new Schedule(null, NOON)).live()).name();
        Set<CampaignName> all = Set.copyOf(campaigns().due(NOON, Set.of(), 1000));
        Set<CampaignName> allButOne = without(all, other);

        assertThat(campaigns().due(NOON, Set.of(left), 1000)).contains(other).doesNotContain(left);
        assertThat(campaigns().due(NOON, allButOne, 1)).containsExactly(other);
    }

    @Test
    void leavesOutWhomItIsToldToAmongThoseToPurge() {
        CampaignName left = stored(campaign("a").archived()).name();
        CampaignName other = stored(campaign("b").archived()).name();
        Instant then = CREATED.plusSeconds(1);
        Set<CampaignName> all = Set.copyOf(campaigns().purgeable(then, Set.of(), 1000));

        assertThat(campaigns().purgeable(then, Set.of(left), 1000))
                .contains(other)
                .doesNotContain(left);
        assertThat(campaigns().purgeable(then, without(all, other), 1)).containsExactly(other);
    }

    private static Set<CampaignName> without(Set<CampaignName> all, CampaignName one) {
        return all.stream().filter(each -> !each.equals(one)).collect(Collectors.toSet());
    }

    @Test
    void keepsAnArchivedCampaignWhileAMessageOrAnExecutionOfItIsKept() {
        Campaign ofMessage = stored(campaign("a").archived());
        Campaign ofExecution = stored(campaign("b").archived());
        CampaignName empty = stored(campaign("c").archived()).name();
        keepMessage(ofMessage.id());
        keepExecution(ofExecution.id());

        assertThat(campaigns().purgeable(CREATED.plusSeconds(1), Set.of(), 1000))
                .contains(empty)
                .doesNotContain(ofMessage.name(), ofExecution.name());

        dropMessages();
        assertThat(campaigns().purgeable(CREATED.plusSeconds(1), Set.of(), 1000))
                .contains(ofMessage.name(), ofExecution.name());
    }

    @Test
    void filtersLists() {
        stored(campaign("a").displayName("Spring sale").category(Category.MARKETING).live());
        stored(campaign("b").displayName("Receipt").tagged("shop", "vip").draft());
        stored(campaign("c").displayName("100% resale_1").over("other").stopped(StopCounts.NONE));

        assertThat(listed("state = LIVE")).containsExactly("a");
        assertThat(listed("state != LIVE")).containsExactlyInAnyOrder("b", "c");
        assertThat(listed("category = MARKETING")).containsExactly("a");
        assertThat(listed("tags : vip")).containsExactly("b");
        assertThat(listed("display_name : SALE")).containsExactlyInAnyOrder("a", "c");
        assertThat(listed("display_name : \"100% resale_\"")).containsExactly("c");
        assertThat(listed("display_name : \"sale%\"")).isEmpty();
        assertThat(listed("display_name = Receipt")).containsExactly("b");
        assertThat(listed("channel_configuration = other")).containsExactly("c");
        assertThat(listed("has_draft = true")).containsExactly("b");
        assertThat(listed("NOT state = LIVE AND (tags : shop OR display_name : resale)"))
                .containsExactlyInAnyOrder("b", "c");
        assertThat(listed("display_name = \"' OR true --\"")).isEmpty();
    }

    @Test
    void filtersByWhatIsInForce() {
        stored(campaign("a").to("readers").about("news").under("daily", "weekly").live());
        stored(campaign("b").under("weekly").draft());
        stored(
                campaign("c")
                        .withDraft(campaign("c").to("readers").about("news").draft().draft())
                        .live());

        assertThat(listed("audience = readers")).containsExactly("a");
        assertThat(listed("audience != readers")).containsExactlyInAnyOrder("b", "c");
        assertThat(listed("topic = news")).containsExactly("a");
        assertThat(listed("topic != news")).containsExactlyInAnyOrder("b", "c");
        assertThat(listed("rule_sets : weekly")).containsExactlyInAnyOrder("a", "b");
        assertThat(listed("rule_sets : daily")).containsExactly("a");
        assertThat(listed("rule_sets : \"week\"")).isEmpty();
    }

    @Test
    void filtersByTimeAndSeesNoOtherWorkspace() {
        var other = new WorkspaceId(workspace.value() + "-x");
        givenWorkspace(other);
        stored(campaign("a").createdAt(NOON).live());
        stored(aCampaign().in(other).named("b").createdAt(NOON).live());

        assertThat(listed("create_time >= \"2026-03-01T12:00:00Z\"")).containsExactly("a");
        assertThat(listed("create_time > \"2026-03-01T12:00:00Z\"")).isEmpty();
        assertThat(listed("")).containsExactly("a");
    }

    @Test
    void pagesThroughEveryEntryOnceInEveryOrder() {
        for (int i = 0; i < 7; i++) {
            // Two of each time, and some times without trailing digits.
            Instant time = NOON.plus(Duration.ofMillis(i / 2 * 250L));
            stored(campaign("c" + i).displayName("n" + i % 3).createdAt(time).live());
        }

        for (String order : List.of("", "create_time", "display_name desc", "update_time desc")) {
            assertThat(paged(order)).as(order).hasSize(7).doesNotHaveDuplicates();
        }
        assertThat(paged("create_time")).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
        assertThat(paged("")).containsExactly("c6", "c5", "c4", "c3", "c2", "c1", "c0");
    }

    @Test
    void ordersByName() {
        stored(campaign("b").createdAt(NOON).live());
        stored(campaign("c").createdAt(NOON.plusSeconds(1)).live());
        stored(campaign("a").createdAt(NOON.plusSeconds(2)).live());
        stored(campaign("b-2").createdAt(NOON.minusSeconds(1)).live());

        assertThat(paged("name")).containsExactly("a", "b", "b-2", "c");
        assertThat(paged("name desc")).containsExactly("c", "b-2", "b", "a");
    }

    @Test
    void givesBackAStopWhoseMessagesWereTooManyToBeCounted() {
        Campaign.Stopped stopped = campaign("u").stopped(StopCounts.uncounted(2));

        stored(stopped);

        assertThat(campaigns().find(stopped.name())).contains(stopped);
    }

    @Test
    void replacesControlRows() {
        Campaign campaign = stored(campaign("a").live());

        assertThat(control(campaign.id())).contains(campaign.control());
        var holding = new CampaignControl(true, 1, CampaignControl.Delivery.HOLD);
        setControl(campaign, holding);

        assertThat(control(campaign.id())).contains(holding);
        assertThat(transactions().inTransaction(() -> controls().countOpen(campaign.id())))
                .isEqualTo(StopCounts.NONE);
    }

    private Campaign inState(Campaign.State state) {
        CampaignBuilder builder = campaign("a");
        return switch (state) {
            case DRAFT -> builder.draft();
            case SCHEDULED -> builder.during(new Schedule(NOON, null)).scheduled();
            case LIVE -> builder.live();
            case PAUSED -> builder.paused(PauseMode.HOLD);
            case STOPPED -> builder.stopped(new StopCounts(91_200, 64));
            case COMPLETED -> builder.completed();
            case ARCHIVED -> builder.archived();
        };
    }

    private List<String> listed(String filter) {
        return names(page(new ListRequest(filter, "", 0, "")));
    }

    private List<String> paged(String order) {
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            var page = page(new ListRequest("", order, 3, token));
            names.addAll(names(page));
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return names;
    }

    private Page.Found<Campaign> page(ListRequest request) {
        Page<Campaign> page =
                Page.of(request, Campaigns.FIELDS, query -> campaigns().list(workspace, query));
        return switch (page) {
            case Page.Found<Campaign> found -> found;
            case Page.Invalid<Campaign>(_, var text) -> throw new AssertionError(text);
        };
    }

    private static List<String> names(Page.Found<Campaign> page) {
        return page.entries().stream().map(campaign -> campaign.name().campaign()).toList();
    }

    private static Revision revision(int number, int rollbackOf) {
        return new Revision(number, aCampaign().definition(), NOON, Actor.SYSTEM, rollbackOf);
    }

    private static CampaignVersion version(Campaign campaign) {
        return new CampaignVersion(campaign.id(), campaign.version());
    }
}
