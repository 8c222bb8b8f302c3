package io.campanile.domain;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

@AnalyzeClasses(packages = "io.campanile.domain", importOptions = DoNotIncludeTests.class)
final class DomainDependenciesTest {
    @ArchTest
    static final ArchRule knowsOnlyTheJdk =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.campanile.domain..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule takesTimeAsAnArgument =
            noClasses()
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(java.time.temporal.Temporal.class)))
                                    .and(target(nameMatching("now"))))
                    .orShould()
                    .callMethodWhere(
                            target(owner(assignableTo(System.class)))
                                    .and(target(nameMatching("currentTimeMillis|nanoTime"))))
                    .orShould()
                    .callMethodWhere(target(owner(assignableTo(Clock.class))));

    @ArchTest
    static final ArchRule takesRandomnessAsAnArgument =
            noClasses()
                    .should()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callMethod(ThreadLocalRandom.class, "current")
                    .orShould()
                    .callConstructor(Random.class)
                    .orShould()
                    .callConstructor(SecureRandom.class);
}
