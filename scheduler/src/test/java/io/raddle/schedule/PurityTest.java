package io.raddle.schedule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Timer;
import java.util.WeakHashMap;
import org.junit.jupiter.api.Test;

/** The core has no threads, no clock, no I/O, no logging, no chance, and nothing that iterates in hash order. */
class PurityTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.raddle.schedule");

    @Test
    void theCoreKnowsOnlyIdsCausesAndCollections() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.raddle.schedule",
                        "io.raddle.id",
                        "io.raddle.fault",
                        "java.lang..",
                        "java.util..",
                        "java.time",
                        "org.jspecify.annotations")
                .check(CORE);
    }

    @Test
    void theCoreHasNoThreadsAndNoClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat(describe(
                        "threads, timers or clocks",
                        type -> isOneOf(type, Thread.class, Timer.class, Random.class)
                                || (type.getPackageName().equals("java.time") && !isOneOf(type, Duration.class))))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CORE);
    }

    @Test
    void theCoreIteratesOverNothingInHashOrder() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "collections in hash order",
                        type -> isOneOf(
                                type,
                                HashMap.class,
                                HashSet.class,
                                Hashtable.class,
                                IdentityHashMap.class,
                                WeakHashMap.class)))
                .orShould()
                .callMethodWhere(describe(
                        "immutable sets and maps that are made in hash order",
                        call -> (call.getTargetOwner().isEquivalentTo(java.util.Map.class)
                                        && (call.getName().equals("of")
                                                || call.getName().equals("copyOf")))
                                || (call.getTargetOwner().isEquivalentTo(java.util.Set.class)
                                        && call.getName().equals("copyOf"))))
                .check(CORE);
    }

    private static boolean isOneOf(JavaClass type, Class<?>... some) {
        for (Class<?> each : some) {
            if (type.isEquivalentTo(each)) {
                return true;
            }
        }
        return false;
    }
}
