//! Every kernel against the portable one, and all of them against plain lookups.

use aerocodes::{Dialect, Reading};
use aerocodes_columns::{Kernel, MixedTable, Table, decode, kernels};

/// Near and far numbers, both edges of the table, and the extremes, in an order that no kernel's step divides.
fn column(n: usize) -> Vec<i32> {
    let odd = [i32::MIN, i32::MAX, -33, -32, -31, 477, 478, 479, 480, 511, 512, 602, 1302, 1401, -1, 0, 255, 256];
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    (0..n)
        .map(|i| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            if i % 7 == 3 { odd[i % odd.len()] } else { (state % 700) as i32 - 60 }
        })
        .collect()
}

fn condition(r: Reading) -> u8 {
    r.condition().map_or(0, |c| c.id() as u8)
}

#[test]
fn kernels_agree_with_lookups() {
    let values = column(9_001);
    for d in Dialect::all() {
        let table = Table::new(d, condition);
        let wanted: Vec<u8> = values.iter().map(|&v| condition(d.lookup(v))).collect();
        for &k in kernels() {
            for cut in [0, 1, 31, 32, 33, 63, 64, 65, 127, 4095, 4096, 4097, 9_001] {
                let mut out = vec![77; cut];
                assert_eq!(table.decode_with(k, &values, &mut out), cut);
                assert!(out == wanted[..cut], "{d} {k:?} {cut}");
            }
            // A start that no vector load is aligned to.
            let mut out = vec![0; 1000];
            table.decode_with(k, &values[3..1003], &mut out[..]);
            assert!(out == wanted[3..1003], "{d} {k:?} unaligned");
        }
        let mut core = vec![0; values.len()];
        aerocodes::decode(d, &values, &mut core);
        let mut ours = vec![0; values.len()];
        decode(d, &values, &mut ours);
        assert!(core == ours && core == wanted, "{d}");
    }
}

#[test]
fn every_kernel_of_this_processor_is_run() {
    println!("kernels: {:?}", kernels());
    assert!(kernels().starts_with(&[Kernel::Scalar]));
    #[cfg(target_arch = "x86_64")]
    assert_eq!(kernels().contains(&Kernel::Avx2), std::is_x86_feature_detected!("avx2"));
}

#[test]
fn categories_of_unknown_numbers_follow_the_ranges() {
    for d in Dialect::all() {
        let table = Table::new(d, |r| r.category().id());
        for v in column(3_000).into_iter().chain(-6_000..6_000) {
            assert_eq!(table.get(v), d.lookup(v).category().id(), "{d}:{v}");
        }
    }
}

#[test]
fn shorter_slice_decides() {
    let mut out = [9; 2];
    assert_eq!(decode(Dialect::C, &[9, 9, 9], &mut out), 2);
    let mut out = [9; 4];
    assert_eq!(decode(Dialect::C, &[12_345], &mut out), 1);
    assert_eq!(out, [0, 9, 9, 9]);
    assert_eq!(decode(Dialect::C, &[], &mut []), 0);
}

#[test]
fn mixed_dialects() {
    let table = MixedTable::new(condition);
    let values = column(2_000);
    let dialects: Vec<u8> = (0..2_000).map(|i| (i % 19) as u8).collect();
    let mut out = vec![0; 2_000];
    assert_eq!(table.decode(&dialects, &values, &mut out), 2_000);
    for ((d, v), o) in dialects.iter().zip(&values).zip(&out) {
        assert_eq!(*o, Dialect::from_id(*d).map_or(0, |d| condition(d.lookup(*v))));
    }
}
