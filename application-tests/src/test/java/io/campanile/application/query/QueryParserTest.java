package io.campanile.application.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.application.query.Filter.And;
import io.campanile.application.query.Filter.Comparison;
import io.campanile.application.query.Filter.Operator;
import io.campanile.application.query.Filter.Or;
import io.campanile.application.query.Filter.Value;
import io.campanile.application.query.ParsedQuery.Part;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;

class QueryParserTest {
    private enum Colour {
        RED,
        BLUE
    }

    private static final ListFields<String> FIELDS =
            ListFields.<String>orderedBy(new SortOrder("create_time", true), id -> id)
                    .sortableTime("create_time", _ -> Instant.EPOCH)
                    .sortableText("name", name -> "named " + name)
                    .textList("tags")
                    .choice("colour", Colour.class)
                    .build();

    @Test
    void beginsBehindTheValueOrderedBy() {
        assertThat(FIELDS.cursor("ada", new SortOrder("name", false)))
                .isEqualTo(new Cursor("named ada", "ada"));
        assertThat(FIELDS.cursor("ada", FIELDS.natural()))
                .isEqualTo(new Cursor("1970-01-01T00:00:00Z", "ada"));
    }

    @Test
    void bindsOrTighterThanAnd() {
        assertThat(filter("colour = RED AND name = a OR name = b"))
                .isEqualTo(
                        new And(
                                List.of(
                                        text("colour", "RED"),
                                        new Or(List.of(text("name", "a"), text("name", "b"))))));
    }

    @Test
    void takesNamesAsTheApiSpellsThemElsewhere() {
        assertThat(filter("colour = COLOUR_RED")).isEqualTo(text("colour", "RED"));
        assertThat(QueryParser.parse(new ListRequest("colour = HUE_RED", "", 0, ""), FIELDS))
                .isInstanceOf(ParsedQuery.Invalid.class);
    }

    @Test
    void readsQuotedValuesWithEscapesAndNegations() {
        assertThat(filter("-name = \"a \\\"b\\\" ) AND\""))
                .isEqualTo(new Filter.Not(text("name", "a \"b\" ) AND")));
        assertThat(filter("NOT (name = 'x')")).isEqualTo(new Filter.Not(text("name", "x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "size = 1 | There is no such field; there are colour, create_time, name, tags"
                        + " (character 1).",
                "name | An operator is expected, not the end (character 5).",
                "name = | A value is expected, not the end (character 7).",
                "name < a | This field cannot be compared with < (character 6).",
                "colour = GREEN | One of BLUE, RED is expected, not a word (character 10).",
                "name = \"a | The quote is not closed (character 8).",
                "(name = a | A closing parenthesis is expected, not the end (character 10).",
                "name = a b = c | AND, OR or the end is expected, not a word (character 10).",
                "AND | There is no such field; there are colour, create_time, name, tags"
                        + " (character 1).",
            })
    void saysWhereAFilterIsWrong(String filter, String text) {
        assertThat(QueryParser.parse(new ListRequest(filter, "", 0, ""), FIELDS))
                .isEqualTo(new ParsedQuery.Invalid(Part.FILTER, text));
    }

    /// Whoever reads errors need not be allowed to read addresses.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "\"ada@example.com\"",
                "ada@example.com = a",
                "name \"ada@example.com\"",
                "name = a \"ada@example.com\"",
                "name = a ada@example.com",
                "(name = a \"ada@example.com\"",
                "colour = ada@example.com",
                "colour = \"ada@example.com\"",
                "create_time = \"ada@example.com\"",
                "name = \"ada@example.com"
            })
    void repeatsNothingThatMayBeAnAddress(String filter) {
        assertThat(QueryParser.parse(new ListRequest(filter, "", 0, ""), FIELDS))
                .isInstanceOfSatisfying(
                        ParsedQuery.Invalid.class,
                        invalid -> assertThat(invalid.toString()).doesNotContain("@", "ada"));
    }

    @Test
    void refusesFiltersThatAreTooDeepOrTooLong() {
        String deep = "(".repeat(1000) + "name = a" + ")".repeat(1000);
        String longOne = "name = a" + " OR name = a".repeat(1000);

        assertThat(QueryParser.parse(new ListRequest(deep, "", 0, ""), FIELDS))
                .isInstanceOf(ParsedQuery.Invalid.class);
        assertThat(QueryParser.parse(new ListRequest(longOne, "", 0, ""), FIELDS))
                .isInstanceOf(ParsedQuery.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({"'',create_time,true", "name,name,false", "name desc,name,true"})
    void readsOrders(String orderBy, String field, boolean descending) {
        assertThat(valid(new ListRequest("", orderBy, 0, "")).query().order())
                .isEqualTo(new SortOrder(field, descending));
    }

    @ParameterizedTest
    @CsvSource({"tags", "name sideways", "name desc desc", "nothing"})
    void refusesUnknownOrders(String orderBy) {
        assertThat(QueryParser.parse(new ListRequest("", orderBy, 0, ""), FIELDS))
                .isInstanceOfSatisfying(
                        ParsedQuery.Invalid.class,
                        invalid -> assertThat(invalid.part()).isEqualTo(Part.ORDER_BY));
    }

    @Test
    void refusesATokenOfAnotherList() {
        ParsedQuery.Valid first = valid(new ListRequest("name = a", "", 0, ""));
        String token = PageToken.encode(new Cursor("2026-03-01T12:00:00Z", "x"), first.digest());

        assertThat(valid(new ListRequest("name = a", "", 0, token)).query().after())
                .isEqualTo(new Cursor("2026-03-01T12:00:00Z", "x"));
        for (ListRequest other :
                List.of(
                        new ListRequest("name = b", "", 0, token),
                        new ListRequest("name = a", "name", 0, token),
                        new ListRequest("name = a", "", 0, token, "another"),
                        new ListRequest("name = a", "", 0, "no token"))) {
            assertThat(QueryParser.parse(other, FIELDS))
                    .isInstanceOfSatisfying(
                            ParsedQuery.Invalid.class,
                            invalid -> assertThat(invalid.part()).isEqualTo(Part.PAGE_TOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "2026-03-01"})
    void refusesAMadeUpTokenThatHoldsNoTime(String sortValue) {
        String token = PageToken.encode(new Cursor(sortValue, "a"), PageToken.digest("", "", ""));

        assertThat(QueryParser.parse(new ListRequest("", "", 0, token), FIELDS))
                .isInstanceOfSatisfying(
                        ParsedQuery.Invalid.class,
                        invalid -> assertThat(invalid.part()).isEqualTo(Part.PAGE_TOKEN));
    }

    @ParameterizedTest
    @CsvSource({"0,51", "1,2", "500,501", "100000,501"})
    void asksForOneEntryMoreThanThePageHolds(int pageSize, int limit) {
        assertThat(valid(new ListRequest("", "", pageSize, "")).query().limit()).isEqualTo(limit);
    }

    private static Filter filter(String text) {
        return valid(new ListRequest(text, "", 0, "")).query().filter();
    }

    private static ParsedQuery.Valid valid(ListRequest request) {
        return (ParsedQuery.Valid) QueryParser.parse(request, FIELDS);
    }

    private static Comparison text(String field, String value) {
        return new Comparison(field, Operator.EQUAL, new Value.Text(value));
    }
}
