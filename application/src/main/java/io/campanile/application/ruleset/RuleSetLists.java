package io.campanile.application.ruleset;

import io.campanile.application.query.Cursor;
import io.campanile.application.query.ListFields;
import io.campanile.application.query.SortOrder;
import io.campanile.domain.ruleset.RuleSet;

/// How lists of rule sets are filtered and ordered.
public final class RuleSetLists {
    public static final ListFields FIELDS =
            ListFields.orderedBy(new SortOrder("name", false))
                    .sortable("name")
                    .sortableTime("create_time")
                    .sortableTime("update_time")
                    .sortableText("display_name")
                    .choice("state", RuleSet.State.class)
                    .choice("scope", RuleSet.Scope.class)
                    .build();

    private RuleSetLists() {}

    /// Where the page after this rule set begins.
    public static Cursor cursor(RuleSet ruleSet, SortOrder order) {
        String value =
                switch (order.field()) {
                    case "name" -> ruleSet.name().ruleSet();
                    case "create_time" -> ruleSet.createTime().toString();
                    case "update_time" -> ruleSet.updateTime().toString();
                    case "display_name" -> ruleSet.displayName();
                    default -> throw new IllegalArgumentException("not sortable: " + order.field());
                };
        return new Cursor(value, ruleSet.name().ruleSet());
    }
}
