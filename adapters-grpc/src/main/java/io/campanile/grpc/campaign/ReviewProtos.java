package io.campanile.grpc.campaign;

import io.campanile.application.campaign.RevisionView;
import io.campanile.domain.campaign.CampaignName;
import io.campanile.domain.campaign.Difference;
import io.campanile.domain.content.Finding;
import io.campanile.grpc.call.Enums;
import io.campanile.grpc.resource.Names;
import io.campanile.grpc.resource.Times;
import io.campanile.v1.CampaignRevision;
import io.campanile.v1.ReviewCampaignResponse;
import io.campanile.v1.RevisionDifference;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reviews and revisions as protobuf.
final class ReviewProtos {
    /// A field, and a line and a column in it.
    private static final Pattern PLACE = Pattern.compile("(.*):(\\d{1,9}):(\\d{1,9})");

    private ReviewProtos() {}

    static ReviewCampaignResponse review(List<Finding> findings) {
        var response = ReviewCampaignResponse.newBuilder();
        findings.stream()
                .sorted(Comparator.comparing(Finding::level).reversed())
                .forEach(finding -> response.addFindings(finding(finding)));
        return response.setActivatable(findings.stream().noneMatch(Finding::isError)).build();
    }

    private static io.campanile.v1.Finding finding(Finding finding) {
        var proto =
                io.campanile.v1.Finding.newBuilder()
                        .setLevel(
                                Enums.proto(
                                        io.campanile.v1.Finding.Level.class,
                                        "LEVEL_",
                                        finding.level()))
                        .setCode(
                                Enums.proto(
                                        io.campanile.v1.Finding.Code.class,
                                        "CODE_",
                                        finding.code()))
                        .setField(field(finding.place()))
                        .setMessage(finding.message())
                        .setWhatToDo(finding.whatToDo());
        Matcher place = PLACE.matcher(finding.place());
        if (place.matches()) {
            proto.setLine(Integer.parseInt(place.group(2)))
                    .setColumn(Integer.parseInt(place.group(3)));
        }
        return proto.build();
    }

    /// The field of a place in the API: the domain knows of one channel's content only.
    static String field(String place) {
        Matcher matcher = PLACE.matcher(place);
        String field = matcher.matches() ? matcher.group(1) : place;
        return field.startsWith("content.")
                ? "content.email." + field.substring("content.".length())
                : field;
    }

    /// Where in the field it is, what is wrong, and what to do.
    static String sentences(Finding finding) {
        Matcher place = PLACE.matcher(finding.place());
        String text = finding.message() + " " + finding.whatToDo();
        return place.matches()
                ? "line " + place.group(2) + ", column " + place.group(3) + ": " + text
                : text;
    }

    static CampaignRevision revision(CampaignName campaign, RevisionView view) {
        var proto =
                CampaignRevision.newBuilder()
                        .setName(Names.revision(campaign, view.revision().number()))
                        .setNumber(view.revision().number())
                        .setCreator(Names.of(view.revision().createdBy()))
                        .setCreateTime(Times.timestamp(view.revision().createTime()));
        for (Difference difference : view.differences()) {
            proto.addDifferences(
                    RevisionDifference.newBuilder()
                            .setField(field(difference.field()))
                            .setDescription(difference.description()));
        }
        return proto.build();
    }

    /// A revision with what it says.
    static CampaignRevision wholeRevision(CampaignName campaign, RevisionView view) {
        return revision(campaign, view).toBuilder()
                .setDefinition(
                        DefinitionProtos.definition(
                                campaign.workspace(), view.revision().definition()))
                .build();
    }
}
