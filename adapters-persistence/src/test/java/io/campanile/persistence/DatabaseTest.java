package io.campanile.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    jdbc:postgresql://db.example:6432/campanile?ssl=true | db.example port 6432
                    jdbc:postgresql://db.example/campanile               | db.example port 5432
                    jdbc:postgresql://one,two:5433/campanile             | one port 5432, two port 5433
                    jdbc:postgresql:campanile                            | localhost port 5432
                    """)
    void saysWhereConnectionsGo(String url, String servers) {
        assertThat(Database.servers(url)).isEqualTo(servers);
    }
}
