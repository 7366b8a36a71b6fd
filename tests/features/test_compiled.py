"""What was compiled for one question answers the same question of other tables, and no other question."""

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.compiled import Compiled, Texts
from features.engine import connect


@pytest.fixture
def compiling(duckdb, monkeypatch):
    """The engine with nothing compiled yet; `.times` counts what is."""

    class Counting(Compiled):
        times = 0

        def __init__(self):
            super().__init__(duckdb.con, Texts())
            compile_ = type(duckdb.con).compile.__get__(duckdb.con)

            def counted(*args, **how):
                self.times += 1
                return compile_(*args, **how)

            self.compile = counted

    compiled = Counting()
    monkeypatch.setattr(duckdb.con, "compile", compiled)
    monkeypatch.setattr(duckdb, "compiled", compiled)
    return duckdb, compiled


def numbers(*values: int):
    return ibis.memtable(pa.table({"n": values}))


def stored(engine, path, *values: int):
    rows = pa.table({"n": values})
    pq.write_table(rows, path)
    return engine.read([path], rows.schema)


def asked(engine, table, add=1):
    return sorted(engine.fetch(table.mutate(n=table.n + add))["n"].to_pylist())


def test_the_same_of_other_tables_is_compiled_once(compiling, tmp_path):
    engine, compiled = compiling
    assert asked(engine, numbers(1, 2)) == [2, 3]
    assert asked(engine, numbers(10)) == [11]
    assert compiled.times == 1
    assert asked(engine, stored(engine, tmp_path / "a.parquet", 5)) == [6]
    assert asked(engine, stored(engine, tmp_path / "b.parquet", 7)) == [8]
    assert compiled.times == 2  # a file's table is read in another way than one in memory


def test_each_place_in_a_question_gets_the_table_that_stands_there(compiling):
    engine, compiled = compiling

    def pairs(one, other):
        one, other = one.rename(a="n"), other.rename(b="n")
        joined = one.join(other, one.a < other.b)
        return [tuple(row.values()) for row in engine.fetch(joined).to_pylist()]

    low, high = numbers(1), numbers(2)
    assert pairs(low, high) == [(1, 2)]
    assert pairs(high, low) == []
    assert compiled.times == 1
    assert pairs(low, low) == []  # one table twice is another question than two tables
    assert compiled.times == 2


@pytest.mark.parametrize("other", [2, 1.0, True])
def test_another_number_is_another_question(compiling, other):
    engine, compiled = compiling
    first, then = (engine.fetch(numbers(1).select(said=ibis.literal(said)))["said"] for said in (1, other))
    assert first.to_pylist() == [1] and then.to_pylist() == [other]
    assert compiled.times == 2 and (other == 2 or first.type != then.type)


def test_other_columns_are_another_question(compiling):
    engine, compiled = compiling
    assert engine.fetch(numbers(1)).column_names == ["n"]
    assert engine.fetch(ibis.memtable(pa.table({"m": [1]}))).column_names == ["m"]
    assert engine.fetch(ibis.memtable(pa.table({"n": ["1"]})))["n"].to_pylist() == ["1"]
    assert compiled.times == 3


def test_a_table_somebody_named_is_never_taken_for_another(compiling):
    engine, compiled = compiling
    for name, value in (("first", 1), ("second", 2)):
        engine.con.create_table(name, pa.table({"n": [value]}), temp=True)
        assert engine.fetch(engine.con.table(name))["n"].to_pylist() == [value]
    assert compiled.times == 2


def test_only_a_few_texts_are_kept(compiling, monkeypatch):
    engine, compiled = compiling
    monkeypatch.setattr("features.compiled.KEPT", 2)
    for add in (1, 2, 1, 3, 1):  # 2 was longest not asked for when 3 came
        assert asked(engine, numbers(1), add) == [1 + add]
    assert compiled.times == 3 and len(compiled.texts) == 2
    assert asked(engine, numbers(1), 2) == [3]
    assert compiled.times == 4


def test_another_engine_of_the_process_is_given_what_was_compiled_for_the_first(compiling):
    engine, compiled = compiling
    assert asked(engine, numbers(1)) == [2]
    other = connect("duckdb")
    other.con.compile = Compiled(other.con, compiled.texts)
    other.con.compile.compile = None  # it compiles nothing itself
    assert asked(other, numbers(2, 3)) == [3, 4]


def test_engines_share_what_they_compile():
    one, other = connect("duckdb"), connect("duckdb")
    assert one.con.compile.texts is other.con.compile.texts


def added(engine, table, add=1, question="added", built=None):
    def build():
        if built is not None:
            built.append(add)
        constant = ibis.memtable(pa.table({"add": [add]}))
        return table.cross_join(constant).select(n=table.n + constant.add)

    return sorted(engine.fetch(engine.again((question, add), {"numbers": table}, build))["n"].to_pylist())


def test_what_was_built_for_a_question_answers_it_of_other_tables(compiling, tmp_path):
    engine, compiled = compiling
    built = []
    assert added(engine, numbers(1, 2), built=built) == [2, 3]
    assert added(engine, numbers(10), built=built) == [11]
    assert (built, compiled.times) == ([1], 1)
    assert added(engine, numbers(10), add=5, built=built) == [15]
    assert added(engine, stored(engine, tmp_path / "a.parquet", 5), built=built) == [6]
    assert added(engine, stored(engine, tmp_path / "b.parquet", 7), built=built) == [8]
    assert built == [1, 5, 1]  # of a file it is another question than of a table in memory


def test_another_engine_answers_a_question_that_the_first_built(compiling):
    engine, compiled = compiling
    assert added(engine, numbers(1)) == [2]
    other = connect("duckdb")
    other.compiled = other.con.compile = Compiled(other.con, compiled.texts)
    other.compiled.compile = None
    assert added(other, numbers(4)) == [5]  # the table that the question itself has is made known to it too


def test_one_table_twice_is_another_question_than_two_to_what_was_built(compiling):
    engine, _ = compiling

    def below(one, other):
        def build():
            left, right = one.rename(a="n"), other.rename(b="n")
            return left.join(right, left.a < right.b)

        return engine.fetch(engine.again("below", {"one": one, "other": other}, build)).num_rows

    low, high = numbers(1), numbers(2)
    assert (below(low, low), below(low, high), below(high, low), below(low, low)) == (0, 1, 0, 0)


def test_what_a_question_gives_can_be_written(compiling, tmp_path):
    engine, _ = compiling
    three = numbers(3)
    question = engine.again("itself", {"numbers": three}, lambda: three)
    for at in ("a", "b"):
        engine.write(question, tmp_path / at)
        assert pq.read_table(tmp_path / at).to_pydict() == {"n": [3]}


def test_of_what_a_question_gives_no_more_is_given_than_is_asked_for(compiling):
    engine, _ = compiling
    some = numbers(1, 2, 3)
    question = engine.again("some", {"numbers": some}, lambda: some)
    assert engine.con.to_pyarrow(question, limit=1).num_rows == 1
    assert engine.fetch(question).num_rows == 3
