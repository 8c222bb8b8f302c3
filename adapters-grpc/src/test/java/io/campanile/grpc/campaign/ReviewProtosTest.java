package io.campanile.grpc.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.content.Finding;

import org.junit.jupiter.api.Test;

class ReviewProtosTest {
    @Test
    void saysInARefusalWhereTheErrorIsAndWhatToDo() {
        assertThat(ReviewProtos.sentences(found("content.html:3:14")))
                .isEqualTo("line 3, column 14: A tag is opened. Close it.");
        assertThat(ReviewProtos.sentences(found("rule_sets")))
                .isEqualTo("A tag is opened. Close it.");
    }

    private static Finding found(String place) {
        return new Finding(
                Finding.Level.ERROR,
                Finding.Code.TEMPLATE_INVALID,
                place,
                "A tag is opened.",
                "Close it.");
    }
}
