/// How lists are filtered, ordered and paged.
@org.jspecify.annotations.NullMarked
package io.campanile.application.query;
