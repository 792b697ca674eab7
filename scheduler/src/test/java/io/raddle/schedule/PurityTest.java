package io.raddle.schedule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The core has no threads, no clock, no I/O, no logging, no chance, and nothing that iterates in hash order. */
class PurityTest {
    /** Unless they are given a supplier of the map to fill. */
    private static final List<String> HASHING_COLLECTORS =
            List.of("to(Unmodifiable)?Set", "to(Unmodifiable)?Map", "groupingBy");

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
                .accessTargetWhere(describe("sets and maps that are made in hash order", PurityTest::makesHashOrder))
                .check(CORE);
    }

    @Test
    void knowsWhatIsMadeInHashOrder() {
        JavaClasses samples = new ClassFileImporter().importClasses(HashOrder.class, KeptOrder.class);

        assertThat(samples.get(HashOrder.class).getAccessesFromSelf().stream().filter(PurityTest::makesHashOrder))
                .hasSize(6);
        assertThat(samples.get(KeptOrder.class).getAccessesFromSelf()).noneMatch(PurityTest::makesHashOrder);
    }

    private static final class HashOrder {
        final Set<Integer> some = Set.of(1, 2);
        final Set<Integer> copy = Set.copyOf(some);
        final Map<Integer, Integer> map = Map.of(1, 2);
        final Set<Integer> collected = some.stream().collect(Collectors.toSet());
        final Map<Integer, Integer> mapped = some.stream().collect(Collectors.toMap(a -> a, a -> a));
        final Map<Integer, List<Integer>> grouped = copy.stream().collect(Collectors.groupingBy(a -> a));
    }

    private static final class KeptOrder {
        final List<Integer> some = List.of(1, 2);
        final Map<Integer, List<Integer>> grouped =
                some.stream().collect(Collectors.groupingBy(a -> a, TreeMap::new, Collectors.toList()));
    }

    /** Method references count as well as calls. */
    private static boolean makesHashOrder(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        if (isOneOf(owner, Set.class, Map.class)) {
            return List.of("of", "ofEntries", "copyOf").contains(access.getName());
        }
        return isOneOf(owner, Collectors.class)
                && HASHING_COLLECTORS.stream().anyMatch(access.getName()::matches)
                && access.getTarget() instanceof CodeUnitAccessTarget target
                && !target.getRawParameterTypes().stream().anyMatch(type -> isOneOf(type, Supplier.class));
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
