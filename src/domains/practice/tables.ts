import type { Generated } from 'kysely'
import { tablesOf } from '#platform/db.ts'
import type { Accepting, Gender, Goal, NoticeKind, PictureFormat, PublicFace, Weekday } from './shared.ts'

type Paired<Names extends string> = Record<`${Names}_en` | `${Names}_es`, string>

export type PracticeTables = {
  'practice.picture': { id: Generated<string>; name: string; width: number; height: number; added_at: Date; added_by: string | null } & Paired<'alt'>
  'practice.picture_form': { picture_id: string; width: number; format: PictureFormat; file_id: string }
  'practice.profile': {
    one: Generated<boolean>
    name: string
    phone: string | null
    after_hours_phone: string | null
    email: string | null
    brand_color: Generated<string>
    logo_id: string | null
    front_picture_id: string | null
    zone: string
    goal: Goal
    faces: PublicFace[]
    published_at: Date | null
    published_by: string | null
    changed_at: Date
  } & Paired<'promise' | 'story' | 'after_hours'>
  'practice.core_value': { id: Generated<string>; place: number } & Paired<'title' | 'words'>
  'practice.location': {
    id: Generated<string>
    slug: string
    name: string
    street: string
    unit: string
    city: string
    region: string
    postal_code: string
    phone: string | null
    zone: string
    latitude: number | null
    longitude: number | null
    picture_id: string | null
    place: number
    closed_at: Date | null
  } & Paired<'parking' | 'transit' | 'access'>
  'practice.opening_period': { location_id: string; weekday: Weekday; opens_minute: number; closes_minute: number }
  'practice.exception_day': { id: Generated<string>; location_id: string | null; day: string; opens_minute: number | null; closes_minute: number | null } & Paired<'name'>
  'practice.service': { id: Generated<string>; slug: string; place: number } & Paired<'name' | 'words'>
  'practice.insurance_plan': { id: Generated<string>; name: string; checked_on: string; checked_by: string | null }
  'practice.clinician': {
    id: Generated<string>
    slug: string
    person_id: string | null
    name: string
    pronouns: string
    credentials: string
    npi: string | null
    languages: string[]
    gender: Gender | null
    picture_id: string | null
    accepting: Accepting
    accepting_checked_on: string | null
    accepting_checked_by: string | null
    place: number
    left_at: Date | null
  } & Paired<'role' | 'sees' | 'line' | 'practise' | 'care' | 'like' | 'trained'>
  'practice.clinician_location': { clinician_id: string; location_id: string }
  'practice.notice': { id: Generated<string>; kind: NoticeKind; version: number; effective_on: string; added_at: Date; added_by: string | null } & Paired<'words'>
}

export const db = tablesOf<PracticeTables>()
